import Core
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth

/// Whole sign-ins: accounts, a browser and a provider.
///
/// One test at a time: a provider is a process that works for a second to start.
@Suite(.serialized)
struct OpenIDSignInTests {
    private static let password = "quartz-lantern-ferry-1987"
    private static let target = "/teams?a=b"
    private static let origin = RequestOrigin(ip: "192.0.2.7")
    private static let users = #"{"ada":{"email":"ada@example.com","email_verified":true,"name":"Ada Lovelace"}}"#

    private let database = InMemoryDatabase()
    private let accounts: Accounts

    /// Accounts in memory that go by the machine's clock, as the providers do.
    init() async throws {
        let keys = try MasterKeys(hexadecimal: [HexDigits.encode(Randomness.system.bytes(32))])
        let ring = SigningKeyRing(database: database, masterKeys: keys, time: .system)
        try await ring.reload()
        accounts = Accounts(
            database: database, throttle: Throttle(store: InMemoryKeyValueStore(), time: .system),
            passwords: Passwords(
                parameters: .least, pool: HashingPool(threads: 1, cost: .zero), randomness: .system),
            passwordPolicy: PasswordPolicy(), keys: keys,
            issuer: AccessTokenIssuer(
                issuer: "https://app.example.com", audience: "plinth", ring: ring, randomness: .system),
            configuration: AuthConfiguration(baseURL: "https://app.example.com"))
    }

    /// What a browser brings back from a provider.
    private struct Trip {
        let browserToken: String
        let callback: OpenIDSignIn.Callback

        /// The same browser with a code that it was not given.
        func with(codeOf other: Trip) -> Trip {
            Trip(
                browserToken: browserToken,
                callback: .init(code: other.callback.code, state: callback.state, issuer: nil, error: nil))
        }
    }

    private func signIn(_ provider: OpenIDPeer) throws -> OpenIDSignIn {
        OpenIDSignIn(accounts: accounts, clients: [try provider.client()])
    }

    /// - Parameter start: Where an earlier trip started; nil for a new one.
    private func trip(
        _ signIn: OpenIDSignIn, _ provider: OpenIDPeer, filling fields: [(String, String)] = [("sub", "ada")],
        asking claims: [String] = [], from start: OpenIDSignIn.Start? = nil
    ) async throws -> Trip {
        let start = if let start { start } else { try await signIn.start(provider: "peer", target: Self.target) }
        return Trip(
            browserToken: start.browserToken,
            callback: try await provider.callback(of: start.url + OpenIDPeer.request(for: claims), filling: fields))
    }

    private func finish(_ signIn: OpenIDSignIn, _ trip: Trip, browserToken: String? = nil) async throws -> OpenIDOutcome
    {
        let (outcome, target) = try await signIn.finish(
            provider: "peer", trip.callback, browserToken: browserToken ?? trip.browserToken, on: SignInDevice(),
            origin: Self.origin)
        #expect(target == Self.target)
        return outcome
    }

    @Test func `a new person gets an account, and the same one the next time`() async throws {
        try await OpenIDPeer.run(.nanoIDP) { provider in
            let signIn = try signIn(provider)
            func enter() async throws -> SignInResult {
                let trip = try await trip(
                    signIn, provider, filling: OpenIDStrictProviderTests.ada,
                    asking: OpenIDStrictProviderTests.claims)
                return try await finish(signIn, trip).signedIn()
            }
            let first = try await enter()
            #expect(first.user.email.text == "ada@example.com")
            #expect(first.user.emailVerifiedAt != nil)
            #expect(first.user.firstName.text == "Ada")
            #expect(first.user.lastName.text == "Lovelace")
            let second = try await enter()
            #expect(second.user.id == first.user.id)
            #expect(second.session.id != first.session.id)
            let identities = try await database.scoped(.system).identities.list(of: first.user.id)
            #expect(identities.map(\.issuer) == [provider.issuer])
            #expect(identities.map(\.subject) == ["ada"])
        }
    }

    @Test func `what comes back is good once, in the browser that left`() async throws {
        try await OpenIDPeer.run(.mock, ["--users", Self.users]) { provider in
            let signIn = try signIn(provider)
            let start = try await signIn.start(provider: "peer", target: Self.target)
            let mine = try await trip(signIn, provider, from: start)
            let again = try await trip(signIn, provider, from: start)
            let other = try await trip(signIn, provider)
            await #expect(throws: AuthError.challengeExpired) {
                try await finish(signIn, mine, browserToken: other.browserToken)
            }
            _ = try await finish(signIn, mine).signedIn()
            await #expect(throws: OpenIDProblem.codeRefused) { try await finish(signIn, mine) }
            // The provider's page, opened twice, gives a code each time.
            await #expect(throws: AuthError.challengeExpired) { try await finish(signIn, again) }
        }
    }

    @Test func `a code that was slipped in is of no use, by the proof key or the nonce`() async throws {
        try await OpenIDPeer.run(.nanoIDP) { provider in
            let signIn = try signIn(provider)
            let mine = try await trip(signIn, provider, filling: OpenIDStrictProviderTests.ada)
            let stolen = try await trip(signIn, provider, filling: OpenIDStrictProviderTests.ada)
            await #expect(throws: OpenIDProblem.codeRefused) {
                try await finish(signIn, mine.with(codeOf: stolen))
            }
        }
        // This provider does not look at proof keys.
        try await OpenIDPeer.run(.mock, ["--users", Self.users]) { provider in
            let signIn = try signIn(provider)
            let mine = try await trip(signIn, provider)
            let stolen = try await trip(signIn, provider)
            await #expect(throws: OpenIDProblem.wrongNonce) {
                try await finish(signIn, mine.with(codeOf: stolen))
            }
        }
    }

    @Test func `an account that has the address is linked by its person's own sign-in`() async throws {
        try await OpenIDPeer.run(.mock, ["--users", Self.users]) { provider in
            let signIn = try signIn(provider)
            let email = try EmailAddress(parsing: "ada@example.com")
            let user = try await accounts.openProven(
                Registration(
                    email: email, firstName: PersonName(stored: "Ada"), lastName: PersonName(stored: "Byron")),
                password: Self.password, isSuperuser: false)
            guard case .signInToLink(let link) = try await finish(signIn, trip(signIn, provider)) else {
                Issue.record("signed in without the account's own sign-in")
                return
            }
            _ = try await accounts.signIn(
                email, password: Self.password, on: SignInDevice(pendingLink: link), origin: Self.origin)
            let result = try await finish(signIn, trip(signIn, provider)).signedIn()
            #expect(result.user.id == user.id)
            #expect(result.user.lastName.text == "Byron")
        }
    }

    @Test func `an address that the provider does not vouch for opens nothing`() async throws {
        try await OpenIDPeer.run(.mock, ["--users", #"{"ada":{"email":"ada@example.com"}}"#]) { provider in
            let signIn = try signIn(provider)
            await #expect(throws: AuthError.emailNotVerified) {
                try await finish(signIn, trip(signIn, provider))
            }
            #expect(try await database.scoped(.system).users.find(emailKey: "ada@example.com") == nil)
        }
    }
}

extension OpenIDOutcome {
    private struct NotSignedIn: Error {}

    fileprivate func signedIn() throws -> SignInResult {
        guard case .signedIn(.signedIn(let result)) = self else { throw NotSignedIn() }
        return result
    }
}

import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// A passkey in a person's hands: answers rightly what the server asks, unless it is told otherwise.
struct TestPasskey: Sendable {
    let authenticator: TestAuthenticator
    let credentialID: [UInt8]
    /// Whose it is, as the authenticator remembers.
    let user: ID<User>

    init(of user: ID<User>, credentialID: [UInt8] = Array(1...32), authenticator: TestAuthenticator = .es256()) {
        self.authenticator = authenticator
        self.credentialID = credentialID
        self.user = user
    }

    /// The browser's answer to what ``Accounts/startPasskey(of:)`` asks.
    func register(
        _ creation: PasskeyCreation, _ change: (inout CeremonyDraft) -> Void = { _ in }
    ) throws -> PasskeyRegistration {
        try register(challenge: creation.challenge, change)
    }

    func register(
        challenge: String, _ change: (inout CeremonyDraft) -> Void = { _ in }
    ) throws -> PasskeyRegistration {
        let challenge = try #require(Base64URL.decode(challenge))
        return try authenticator.register { draft in
            draft.challenge = challenge
            draft.credentialID = credentialID
            // Present, verified, with a credential.
            draft.flags = 0x45
            change(&draft)
        }
    }

    /// The browser's answer to what ``Accounts/startPasskeyUse()`` asks.
    func use(
        _ request: PasskeyRequest, _ change: (inout CeremonyDraft) -> Void = { _ in }
    ) throws -> PasskeyAssertion {
        try use(challenge: request.challenge, change)
    }

    func use(challenge: String, _ change: (inout CeremonyDraft) -> Void = { _ in }) throws -> PasskeyAssertion {
        let challenge = try #require(Base64URL.decode(challenge))
        let assertion = try authenticator.use { draft in
            draft.challenge = challenge
            draft.userHandle = user.bytes
            // Present and verified.
            draft.flags = 0x05
            change(&draft)
        }
        return PasskeyAssertion(
            credentialID: credentialID, clientDataJSON: assertion.clientDataJSON,
            authenticatorData: assertion.authenticatorData, signature: assertion.signature,
            userHandle: assertion.userHandle)
    }
}

extension AccountsFixture {
    /// A passkey added through the person's session.
    func addPasskey(
        to principal: Principal, credentialID: [UInt8] = Array(1...32), signCount: UInt32 = 0,
        authenticator: TestAuthenticator = .es256()
    ) async throws -> (held: TestPasskey, stored: Passkey) {
        let held = TestPasskey(of: principal.user.id, credentialID: credentialID, authenticator: authenticator)
        let registration = try held.register(try await accounts.startPasskey(of: principal)) {
            $0.signCount = signCount
        }
        return (
            held, try await accounts.addPasskey(registration, name: "Phone", of: principal, origin: Self.origin)
        )
    }

    /// Asks for the use of a passkey and signs in by it.
    func signIn(
        by passkey: TestPasskey, on device: SignInDevice = .unknown,
        _ change: (inout CeremonyDraft) -> Void = { _ in }
    ) async throws -> SignInOutcome {
        try await accounts.signIn(
            by: passkey.use(accounts.startPasskeyUse(), change), on: device, origin: Self.origin)
    }

    /// The person and the session as they are now.
    func refreshed(_ principal: Principal) async throws -> Principal {
        try await accounts.authenticate(
            AccessClaims(
                userID: principal.user.id, sessionID: principal.requireSession().id, issuedAt: time.now,
                expiresAt: time.now))
    }

    /// Live sessions of a person.
    func sessionCount(of user: ID<User>) async throws -> Int {
        try await store.sessions.list(of: user, liveAt: time.now, page: PageRequest(limit: 100)).items.count
    }

    /// An account at a provider, linked already.
    @discardableResult
    func addIdentity(to user: ID<User>, subject: String = "s1") async throws -> LinkedIdentity {
        let identity = LinkedIdentity(
            id: .make(at: time.now, randomness: .seeded(UInt64(subject.utf8.count))), userID: user,
            provider: "example", issuer: "https://id.example.org", subject: subject, email: nil, createdAt: time.now,
            lastUsedAt: time.now)
        #expect(try await store.identities.insert(identity))
        return identity
    }
}

import Core
import DatabaseSupport
import Persistence
import PersistencePostgreSQL
import PostgresClient
import Testing

@testable import Auth

/// Acts upon accounts by two instances at once, where locks and row-level security are PostgreSQL's own.
@Suite(.timeLimit(.minutes(5)))
struct AdministrationRaceTests {
    private static let rounds = 5

    @Test(arguments: [SignOutScope.local, .global])
    func `nobody acts in another's name past a sign-out of the own`(scope: SignOutScope) async throws {
        try await withInstances { instances in
            let person = try await instances.signedIn("ada@example.com", isSuperuser: false)
            for round in 0..<Self.rounds {
                let administrator = try await instances.signedIn("root\(round)@example.com", isSuperuser: true)
                let results = await instances.race(12) { accounts, index -> Session? in
                    guard index == 6 else {
                        return try await accounts.impersonate(
                            person.user.id, reason: "A test", by: administrator, origin: .none
                        ).session
                    }
                    try await accounts.signOut(administrator, scope: scope, origin: .none)
                    return nil
                }
                for result in results {
                    switch result {
                    case .success(let session):
                        guard let session else { continue }
                        #expect(try await !instances.isLive(session))
                    case .failure(let error): #expect(error as? AuthError == .sessionRevoked)
                    }
                }
            }
            #expect(try await instances.isLive(person.requireSession()))
        }
    }

    @Test func `of two administrators who suspend each other at once, one is left`() async throws {
        try await withInstances { instances in
            for round in 0..<Self.rounds {
                let pair = [
                    try await instances.signedIn("one\(round)@example.com", isSuperuser: true),
                    try await instances.signedIn("two\(round)@example.com", isSuperuser: true),
                ]
                let results = await instances.race(2) { accounts, index in
                    try await accounts.suspend(
                        pair[1 - index].user.id, reason: "A test", by: pair[index], origin: .none)
                }
                #expect(results.count { (try? $0.get()) != nil } == 1)
                for case .failure(let error) in results { #expect(error as? AuthError == .sessionRevoked) }
            }
        }
    }

    @Test func `of administrators who take each other's right at once, one is left`() async throws {
        try await withInstances { instances in
            for round in 0..<Self.rounds {
                var circle: [Principal] = []
                for index in 0..<(2 + round % 2) {
                    circle.append(try await instances.signedIn("right\(round)-\(index)@example.com", isSuperuser: true))
                }
                let all = circle
                let results = await instances.race(all.count) { accounts, index in
                    try await accounts.updateUser(
                        all[(index + 1) % all.count].user.id, AccountChanges(isSuperuser: false), by: all[index],
                        origin: .none)
                }
                var left = 0
                for principal in all where try await instances.isSuperuser(principal) { left += 1 }
                #expect(left >= 1)
                #expect(results.count { (try? $0.get()) != nil } == all.count - left)
                for case .failure(let error) in results { #expect(error as? AuthError == .sessionRevoked) }
            }
        }
    }

    @Test func `no refresh and no sign-in outlives a suspension`() async throws {
        try await withInstances { instances in
            let administrator = try await instances.signedIn("root@example.com", isSuperuser: true)
            for round in 0..<Self.rounds {
                let email = "ada\(round)@example.com"
                let person = try await instances.signedIn(email, isSuperuser: false).user
                let token = try await instances.signIn(email).tokens.refreshToken
                let results = await instances.race(13) { accounts, index in
                    switch index {
                    case 6:
                        _ = try await accounts.suspend(person.id, reason: "A test", by: administrator, origin: .none)
                    case ..<6: _ = try await accounts.refreshSession(token, origin: .none)
                    default: _ = try await instances.signIn(email, accounts)
                    }
                }
                for case .failure(let error) in results {
                    #expect([.sessionRevoked, .accountSuspended].contains(error as? AuthError))
                }
                #expect(try await instances.liveSessions(of: person).isEmpty)
            }
        }
    }

    private func withInstances(_ body: (Instances) async throws -> Void) async throws {
        try await TestDatabase.withMigrated { url in
            let databases = (0..<2).map { _ in
                PostgresDatabase(configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
            }
            defer { for database in databases { database.client.shutdown() } }
            try await body(Instances(databases))
        }
    }
}

/// The acts of accounts of two servers with one database.
private struct Instances: Sendable {
    let databases: [PostgresDatabase]
    let accounts: [Accounts]

    init(_ databases: [PostgresDatabase]) async throws {
        self.databases = databases
        let keys = try MasterKeys(hexadecimal: [HexDigits.encode(Randomness.system.bytes(32))])
        var accounts: [Accounts] = []
        for database in databases {
            let ring = SigningKeyRing(database: database, masterKeys: keys, time: .system)
            try await ring.reload()
            accounts.append(
                Accounts(
                    database: database, throttle: Throttle(store: database.keyValues, time: .system),
                    hashing: NoHashing(), passwordPolicy: PasswordPolicy(), keys: keys,
                    issuer: AccessTokenIssuer(
                        issuer: "https://a.example", audience: "plinth", ring: ring, randomness: .system),
                    configuration: AuthConfiguration(baseURL: "https://a.example"), time: .system,
                    randomness: .system))
        }
        self.accounts = accounts
    }

    private var sessions: any SessionRepository { databases[0].scoped(.system).sessions }

    func signIn(_ email: String, _ accounts: Accounts? = nil) async throws -> SignInResult {
        let outcome = try await (accounts ?? self.accounts[0]).signIn(
            EmailAddress(storedText: email, key: email), password: NoHashing.password, origin: .none)
        guard case .signedIn(let result) = outcome else { throw AuthError.invalidCode }
        return result
    }

    /// A new account, in a fresh session; a superuser's asks for a second factor from then on.
    func signedIn(_ email: String, isSuperuser: Bool) async throws -> Principal {
        let registration = Registration(
            email: EmailAddress(storedText: email, key: email), firstName: PersonName(stored: "Ada"),
            lastName: PersonName(stored: "Lovelace"), language: .english, termsVersion: nil)
        var user = try await accounts[0].openProven(
            registration, password: NoHashing.password, isSuperuser: isSuperuser)
        let session = try await signIn(email).session
        user.hasSecondFactor = isSuperuser
        return Principal(user: try await databases[0].scoped(.system).users.update(user), session: session)
    }

    func isLive(_ session: Session) async throws -> Bool {
        try await sessions.authenticate(session.id)?.session.revokedAt == nil
    }

    func isSuperuser(_ principal: Principal) async throws -> Bool {
        try await databases[0].scoped(.system).users.find(principal.user.id)?.isSuperuser ?? false
    }

    func liveSessions(of user: User) async throws -> [Session] {
        try await sessions.list(of: user.id, liveAt: TimeSource.system.now(), page: PageRequest(limit: 100)).items
    }

    /// Runs `body` so many times at once, by one instance and the other in turn.
    func race<Output: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Accounts, Int) async throws -> Output
    ) async -> [Result<Output, any Error>] {
        await withTaskGroup(of: Result<Output, any Error>.self) { group in
            for index in 0..<count {
                group.addTask {
                    do { return .success(try await body(accounts[index % 2], index)) } catch { return .failure(error) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}

/// Passwords are not what is raced here.
private struct NoHashing: PasswordHashing {
    static let password = "quartz-lantern-ferry-1987"

    func hash(_ password: String) async throws -> String { password }

    func verify(_ password: String, against phc: String?) async throws -> PasswordCheck {
        password == phc ? .right(needsRehash: false) : .wrong
    }
}

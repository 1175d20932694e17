import Core
import DatabaseSupport
import Fakes
import Persistence
import PersistencePostgreSQL
import PostgresClient
import Teams

@testable import Auth

/// The acts of two servers with one database, where locks and row-level security are PostgreSQL's own.
struct Instances: Sendable {
    let databases: [PostgresDatabase]
    let accounts: [Accounts]
    let teams: [Teams]
    let keys: MasterKeys
    let records = InMemoryDomainRecords()

    /// Runs `body` on a database of its own.
    /// - Parameter seats: What every team has.
    static func with(seats: Int? = nil, _ body: (Instances) async throws -> Void) async throws {
        try await TestDatabase.withMigrated { url in
            let databases = (0..<2).map { _ in
                PostgresDatabase(configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
            }
            defer { for database in databases { database.client.shutdown() } }
            try await body(Instances(databases, seats: seats))
        }
    }

    private init(_ databases: [PostgresDatabase], seats: Int?) async throws {
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
        self.keys = keys
        teams = databases.map { [records] database in
            Teams(
                database: database, throttle: Throttle(store: database.keyValues, time: .system), keys: keys,
                entitlements: FixedEntitlements(seats: seats), records: records)
        }
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
        await race(count) { index in try await body(accounts[index % 2], index) }
    }

    /// As ``race(_:_:)`` for acts of teams.
    func raceTeams<Output: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Teams, Int) async throws -> Output
    ) async -> [Result<Output, any Error>] {
        await race(count) { index in try await body(teams[index % 2], index) }
    }

    /// Runs `body` so many times at once.
    func race<Output: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Output
    ) async -> [Result<Output, any Error>] {
        await withTaskGroup(of: Result<Output, any Error>.self) { group in
            for index in 0..<count {
                group.addTask {
                    do { return .success(try await body(index)) } catch { return .failure(error) }
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

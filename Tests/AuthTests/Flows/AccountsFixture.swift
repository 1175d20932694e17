import Core
import Fakes
import Persistence
import PersistenceInMemory

@testable import Auth

/// Everything the acts stand on, in memory, and shorthand for what tests do before the thing they test.
struct AccountsFixture {
    static let password = "quartz-lantern-ferry-1987"
    static let wrong = "quartz-lantern-ferry-1988"

    let database = CountingDatabase()
    let time = ManualTime()
    let hashing = CountingHashing()
    let keys: MasterKeys
    let ring: SigningKeyRing
    let accounts: Accounts

    init(requiresVerifiedEmail: Bool = true) async throws {
        keys = try MasterKeys(hexadecimal: [Self.masterKey(1)])
        ring = SigningKeyRing(database: database.base, masterKeys: keys, time: time.source)
        try await ring.reload()
        let configuration = AuthConfiguration(
            baseURL: "https://app.example.com/", requiresVerifiedEmail: requiresVerifiedEmail)
        accounts = Accounts(
            database: database, throttle: Throttle(store: InMemoryKeyValueStore(), time: time.source),
            hashing: hashing, passwordPolicy: PasswordPolicy(), keys: keys,
            issuer: AccessTokenIssuer(
                issuer: "https://app.example.com", audience: "plinth", ring: ring, randomness: .seeded(2)),
            configuration: configuration, time: time.source, randomness: .seeded(1))
    }

    static func masterKey(_ seed: UInt64) -> String {
        HexDigits.encode(Randomness.seeded(seed).bytes(32))
    }

    var store: any Store { database.base.scoped(.system) }

    static func email(_ text: String = "ada@example.com") -> EmailAddress {
        EmailAddress(storedText: text, key: text.lowercased())
    }

    static func registration(_ email: String = "ada@example.com", language: Language = .english) -> Registration {
        Registration(
            email: Self.email(email), firstName: PersonName(stored: "Ada"), lastName: PersonName(stored: "Lovelace"),
            language: language, termsVersion: "2026-01")
    }

    static let origin = RequestOrigin(ip: "192.0.2.7", userAgent: "Test/1", requestID: "r1")

    static func origin(_ ip: Int) -> RequestOrigin {
        RequestOrigin(ip: "198.51.\(ip / 250).\(ip % 250)")
    }

    /// An account whose address is proven, opened by command so that no mail waits.
    @discardableResult
    func addUser(_ email: String = "ada@example.com") async throws -> User {
        try await accounts.openProven(Self.registration(email), password: Self.password, isSuperuser: false)
    }

    func signIn(
        _ email: String = "ada@example.com", password: String = password, device: DeviceToken? = nil,
        origin: RequestOrigin = origin
    ) async throws -> SignInResult {
        try await signInOutcome(email, password: password, device: device, origin: origin).signedIn()
    }

    func signInOutcome(
        _ email: String = "ada@example.com", password: String = password, device: DeviceToken? = nil,
        origin: RequestOrigin = origin
    ) async throws -> SignInOutcome {
        try await accounts.signIn(
            Self.email(email), password: password, on: SignInDevice(mark: device), origin: origin)
    }

    /// A principal of a session just opened.
    func signedInPrincipal(_ email: String = "ada@example.com") async throws -> Principal {
        try await principal(signIn(email))
    }

    /// Whether the session can still be used.
    func isLive(_ principal: Principal) async throws -> Bool {
        try await store.sessions.authenticate(principal.requireSession().id)?.session.isLive(at: time.now) ?? false
    }

    func passwordHash(_ email: String = "ada@example.com") async throws -> String? {
        try await store.users.findForSignIn(emailKey: email)?.passwordHash
    }

    func principal(_ result: SignInResult) async throws -> Principal {
        try await accounts.authenticate(claims(result))
    }

    func claims(_ result: SignInResult) -> AccessClaims {
        AccessClaims(
            userID: result.user.id, sessionID: result.session.id, issuedAt: time.now, expiresAt: time.now + .minutes(5))
    }

    /// The user as stored, after `change`.
    @discardableResult
    func change(_ id: ID<User>, _ change: (inout User) -> Void) async throws -> User {
        guard var user = try await store.users.find(id) else { throw DatabaseError.notFound }
        change(&user)
        return try await store.users.update(user)
    }

    /// The jobs of the mails that wait, latest first.
    func mailJobs() async throws -> [Job] {
        try await store.jobs.list(name: OutgoingMail.jobName, page: PageRequest(limit: 100)).items
    }

    /// The mails that wait, latest first.
    func mails() async throws -> [OutgoingMail] {
        try await mailJobs().map { try $0.decoded() }
    }

    /// What the application shows a person, latest first.
    func notices(of user: ID<User>) async throws -> [NotificationKind] {
        try await store.notifications.list(of: user, page: PageRequest(limit: 100)).items.map(\.kind)
    }

    /// The token that the latest mail will carry.
    func mailedToken() async throws -> String {
        guard let job = try await mailJobs().first, let mail: OutgoingMail = try? job.decoded(), let token = mail.token
        else { return "" }
        return OneTimeTokens(keys: keys).token(for: job.id, purpose: token.purpose, matching: token.hash) ?? ""
    }

    /// What the log of a person says, latest first.
    func audit(of user: ID<User>) async throws -> [AuditEvent] {
        try await store.auditLog.list(ofUser: user, page: PageRequest(limit: 100)).items
    }

    func actions(of user: ID<User>) async throws -> [String] {
        try await audit(of: user).map(\.action)
    }
}

extension SignInOutcome {
    struct Unexpected: Error {}

    func signedIn() throws -> SignInResult {
        guard case .signedIn(let result) = self else { throw Unexpected() }
        return result
    }

    func request() throws -> SecondFactorRequest {
        guard case .secondFactorRequired(let request) = self else { throw Unexpected() }
        return request
    }
}

/// Runs `body` so many times at once and collects what it returned or threw.
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

extension Array {
    func failures<Output>(_ error: AuthError) -> Int where Element == Result<Output, any Error> {
        count { result in
            if case .failure(let thrown as AuthError) = result { thrown == error } else { false }
        }
    }

    func successes<Output>() -> [Output] where Element == Result<Output, any Error> {
        compactMap { try? $0.get() }
    }
}

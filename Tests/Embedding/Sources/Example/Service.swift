import Auth
import Mail
import Persistence
import PersistenceInMemory
import PlinthCore

/// What the service is made of: the one place that knows concrete types.
struct Service {
    let accounts: Accounts
    let verifier: AccessTokenVerifier
    let time = TimeSource.system
    private let database = InMemoryDatabase()
    private let composer: MailComposer

    init() async throws {
        // A real service reads its master key, 64 hexadecimal digits, from where it keeps secrets.
        let keys = try MasterKeys(hexadecimal: [HexDigits.encode(Randomness.system.bytes(32))])
        let ring = SigningKeyRing(database: database, masterKeys: keys, time: time)
        try await ring.reload()
        let configuration = AuthConfiguration(baseURL: "https://app.example.com", productName: "Example")
        accounts = Accounts(
            database: database,
            throttle: Throttle(store: InMemoryKeyValueStore(), time: time),
            passwords: Passwords(parameters: .standard, pool: HashingPool(), randomness: .system),
            passwordPolicy: PasswordPolicy(),
            keys: keys,
            issuer: AccessTokenIssuer(
                issuer: configuration.baseURL, audience: "example", ring: ring, randomness: .system),
            configuration: configuration)
        verifier = AccessTokenVerifier(
            issuer: configuration.baseURL, audience: "example", ring: ring, cache: VerifiedTokenCache())
        composer = MailComposer(
            templates: try MailTemplates(),
            from: Mailbox(name: "Example", address: try EmailAddress(parsing: "no-reply@example.com")),
            baseURL: configuration.baseURL, productName: configuration.productName,
            token: OneTimeTokens(keys: keys).token)
    }

    /// The mail that a worker of the service would send next.
    func latestMail() async throws -> EmailMessage {
        let jobs = try await database.scoped(.system).jobs.list(name: OutgoingMail.jobName, page: PageRequest(limit: 1))
        guard let job = jobs.items.first else { throw Example.Unexpected.mail }
        return try composer.message(of: job)
    }
}

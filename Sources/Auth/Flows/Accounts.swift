public import Core
public import Persistence

/// What can be done with accounts and their sessions: one act a file, each a unit of work that leaves its audit row.
///
/// Acts hash passwords and count tries outside the database's transactions; mails leave as jobs inside them. Every act
/// throws ``AuthError`` when it refuses and `DatabaseError` when storing fails.
public struct Accounts: Sendable {
    let database: any Database
    let throttle: Throttle
    let passwords: any PasswordHashing
    /// What passwords must be.
    public let passwordPolicy: PasswordPolicy
    let keys: MasterKeys
    let issuer: AccessTokenIssuer
    let configuration: AuthConfiguration
    let time: TimeSource
    let randomness: Randomness

    public init(
        database: any Database, throttle: Throttle, passwords: Passwords, passwordPolicy: PasswordPolicy,
        keys: MasterKeys, issuer: AccessTokenIssuer, configuration: AuthConfiguration, time: TimeSource = .system,
        randomness: Randomness = .system
    ) {
        self.init(
            database: database, throttle: throttle, hashing: passwords, passwordPolicy: passwordPolicy, keys: keys,
            issuer: issuer, configuration: configuration, time: time, randomness: randomness)
    }

    init(
        database: any Database, throttle: Throttle, hashing: any PasswordHashing, passwordPolicy: PasswordPolicy,
        keys: MasterKeys, issuer: AccessTokenIssuer, configuration: AuthConfiguration, time: TimeSource,
        randomness: Randomness
    ) {
        self.database = database
        self.throttle = throttle
        passwords = hashing
        self.passwordPolicy = passwordPolicy
        self.keys = keys
        self.issuer = issuer
        self.configuration = configuration
        self.time = time
        self.randomness = randomness
    }
}

public import Core
public import Fakes
public import Persistence
public import Testing

/// One sentence that holds for whatever stores.
public struct Contract: Sendable, CustomTestStringConvertible {
    public let name: String
    private let check: @Sendable (ContractContext) async throws -> Void

    init(_ name: String, _ check: @escaping @Sendable (ContractContext) async throws -> Void) {
        self.name = name
        self.check = check
    }

    /// Records an issue, or throws, where the sentence does not hold.
    public func check(_ context: ContractContext) async throws {
        try await check(context)
    }

    public var testDescription: String { name }
}

/// What a contract is checked against: a database of its own that holds nothing.
public struct ContractContext: Sendable {
    public let database: any Database
    public let keyValueStore: any KeyValueStore
    public let jobQueue: any JobQueue
    public let time: ManualTime
    public let randomness: Randomness

    /// The clock starts between two milliseconds, for what is stored must keep microseconds.
    public init(
        database: any Database, keyValueStore: any KeyValueStore, jobQueue: any JobQueue,
        time: ManualTime = ManualTime(start: Timestamp(microseconds: 1_767_225_600_123_457)),
        randomness: Randomness = .seeded(1)
    ) {
        self.database = database
        self.keyValueStore = keyValueStore
        self.jobQueue = jobQueue
        self.time = time
        self.randomness = randomness
    }

    var now: Timestamp { time.now }
    var system: any Store { database.scoped(.system) }

    func store(of user: User) -> any Store { database.scoped(.user(user.id)) }

    func makeID<Entity>(of: Entity.Type = Entity.self) -> ID<Entity> { .make(at: now, randomness: randomness) }
    /// As long as SHA-256.
    func makeHash() -> [UInt8] { randomness.bytes(32) }
}

/// The contracts of the protocols in Persistence, to be run against every implementation, each with a fresh context:
///
/// ```swift
/// @Test(arguments: Contracts.all) func `holds`(contract: Contract) async throws {
///     try await contract.check(ContractContext(database: …, keyValueStore: …, jobQueue: …))
/// }
/// ```
public enum Contracts {
    public static let all: [Contract] =
        users + userChanges + sessions + sessionRotation + sessionEndings + impersonation + oneTimeTokens
        + secondFactors
        + spentChallenges + apiKeys + identities + passkeys + auditLog + auditFilters + auditSeals + auditSealReading
        + overviews + dataExports + purges + jobs + jobQueue + teams + teamOverviews + teamMembers + teamRoles
        + teamAPIKeys + teamGrants + invitations + teamDomains
        + mailSuppressions + notifications
        + webhookEndpoints + webhookDeliveries + flags
        + idempotency + sealedKeys + keyValues + transactions + scopes + otherTenants
}

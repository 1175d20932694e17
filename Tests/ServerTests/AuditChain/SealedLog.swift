import Auth
import Core
import DatabaseSupport
import Persistence
import PersistencePostgreSQL
import PostgresClient

/// An audit log in a real database: the chain of a person (four events that tell of people), of a team (three) and of the
/// system (two), sealed.
struct SealedLog {
    static let person = ID<User>(high: 1, low: 1)
    static let chain = AuditChain.user(person)
    private static let team = ID<Team>(high: 2, low: 1)

    let url: String
    let database: PostgresDatabase

    /// Runs `body` with the log.
    static func with<Value>(_ body: (SealedLog) async throws -> Value) async throws -> Value {
        try await TestDatabase.withMigrated { url async throws in
            let database = PostgresDatabase(configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
            defer { database.client.shutdown() }
            let log = SealedLog(url: url, database: database)
            for number in 1...9 { try await log.record(UInt64(number)) }
            try await log.seal()
            return try await body(log)
        }
    }

    static func id(_ number: UInt64) -> Core.ID<AuditEvent> { ID(high: 9, low: number) }

    func record(_ number: UInt64) async throws {
        let (isPersonal, isTeams) = (number < 5, (5..<8).contains(number))
        let event = AuditEvent(
            id: Self.id(number), action: "user.updated", actorID: Self.person,
            userID: isPersonal || isTeams ? Self.person : nil, teamID: isTeams ? Self.team : nil, targetType: "user",
            targetID: "\(number)", origin: isPersonal ? RequestOrigin(ip: "192.0.2.\(number)", userAgent: "A") : .none,
            changes: ["number": "\(number)"], personal: isPersonal ? ["name": "Ada"] : [:],
            createdAt: TestDatabase.migratedAt + .seconds(Int64(number)))
        try await database.scoped(.system).auditLog.record(event)
    }

    @discardableResult
    func seal() async throws -> Int { try await AuditSealer(database: database).sealWaiting() }

    /// What whoever owns the database can do.
    func tamper(_ script: String) async throws {
        try await TestDatabase.administer(url) { try await $0.script(script) }
    }

    func verify(_ chain: AuditChain? = nil) async throws -> (
        report: AuditReport, faults: [AuditFault], heads: [AuditHead]
    ) {
        var (faults, heads): ([AuditFault], [AuditHead]) = ([], [])
        let report = try await AuditVerifier(database: database).verify(chain) {
            faults.append($0)
        } head: {
            heads.append($0)
        }
        return (report, faults, heads)
    }
}

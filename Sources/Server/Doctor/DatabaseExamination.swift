import Auth
import Core
import Logging
import PersistencePostgreSQL
import PostgresClient

/// Looks whether a PostgreSQL can be reached and suits this version of the server.
struct DatabaseExamination: Sendable {
    /// PostgreSQL's own numbering: 14.0.
    private static let oldestVersion = 140_000
    /// More than this, and time-outs and tokens of two machines disagree.
    private static let largestClockDifference = Duration.seconds(5)

    let database: OpenDatabase
    let configuration: ServerConfiguration
    let masterKeys: MasterKeys?
    let time: TimeSource
    let logger: Logger

    func findings() async -> [Finding] {
        let client = PostgresClient(configuration: database.client, logger: logger)
        defer { client.shutdown() }
        do {
            let (version, number, difference) = try await server(client)
            let reached = "\(database.summary), PostgreSQL \(version)"
            let versionFinding: Finding =
                number < Self.oldestVersion
                ? .bad("database", "\(reached) is too old: upgrade it to 14 or later.") : .good("database", reached)
            return [versionFinding, Self.clock(difference)] + (try await login(client)) + (try await schema(client))
        } catch {
            return [.bad("database", Self.sentence(error))]
        }
    }

    private func server(_ client: PostgresClient) async throws -> (String, Int, Duration) {
        let rows = try await client.leased { session in
            try await session.query(
                """
                select current_setting('server_version'), current_setting('server_version_num')::int8, clock_timestamp()
                """)
        }
        let now = time.now()
        guard var columns = rows.first?.columns else { throw PostgresError.outcomeUnknown }
        let version: String = try columns.next()
        let number: Int64 = try columns.next()
        let clock: PostgresTimestamp = try columns.next()
        return (version, Int(number), Timestamp(microseconds: clock.microsecondsSince1970) - now)
    }

    private static func clock(_ difference: Duration) -> Finding {
        let size = difference < .zero ? .zero - difference : difference
        guard size > largestClockDifference else { return .good("clock", "agrees with the database's") }
        return .bad(
            "clock",
            "\(size.secondsRoundedUp) s \(difference > .zero ? "behind" : "before") the database's: set both by NTP.")
    }

    /// Whoever may pass by row-level security may do more than the server ever needs. The private PostgreSQL has one login
    /// only, which is reached through a directory of ours.
    private func login(_ client: PostgresClient) async throws -> [Finding] {
        if case .privateCluster = configuration.database.place { return [] }
        let rows = try await client.leased { session in
            try await session.query(
                """
                select rolname::text, rolsuper, rolbypassrls from pg_roles where rolname = session_user
                """)
        }
        guard var columns = rows.first?.columns else { throw PostgresError.outcomeUnknown }
        let name: String = try columns.next()
        let isSuperuser: Bool = try columns.next()
        let bypasses: Bool = try columns.next()
        guard isSuperuser || bypasses else { return [.good("login", "\(name) has no more rights than it needs")] }
        return [
            .doubtful(
                "login",
                """
                \(name) \(isSuperuser ? "is a superuser" : "may bypass row-level security") of PostgreSQL: \
                `alter role "\(name)" nosuperuser nobypassrls createrole;`, and let it own its database.
                """)
        ]
    }

    private func schema(_ client: PostgresClient) async throws -> [Finding] {
        let status = try await Schema(database.client, time: time, logger: logger).status()
        guard status.isUpToDate else {
            return [
                configuration.isProduction
                    ? .bad("schema", StartError.pendingMigrations(status.pending).description)
                    : .good("schema", "\(status.pending.count) migrations will be applied at the next start")
            ]
        }
        return [.good("schema", "up to date")] + (try await masterKey(client))
    }

    private func masterKey(_ client: PostgresClient) async throws -> [Finding] {
        guard let masterKeys else { return [] }
        let rows = try await client.leased { session in
            try await session.script("set role plinth_system")
            return try await session.query("select fingerprint from master_keys order by created_at, fingerprint")
        }
        let remembered = try rows.map { row in
            var columns = row.columns
            return try columns.next([UInt8].self)
        }
        do {
            try MasterKeyRecord.compare(
                remembered: remembered, with: masterKeys, developmentKey: configuration.developmentKey?.path)
            return [.good("sealed data", remembered.isEmpty ? "none yet" : "belongs to this master key")]
        } catch {
            return [.bad("sealed data", error.description)]
        }
    }

    private static func sentence(_ error: any Error) -> String {
        guard case PostgresError.unreachable = error else { return Explanation.sentence(for: error) }
        return
            "can't be reached: see that it runs, and that address, name, user and password of DATABASE_URL are right."
    }
}

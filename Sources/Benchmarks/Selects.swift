import ArgumentParser
import Logging
import PostgresClient

/// Prepared selects of one row by primary key, on the table that `pgbench -i` makes: what `pgbench -S` measures.
struct Selects: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints prepared selects per second through PostgresClient.")

    @Option(help: "The database that `pgbench -i` filled.") var database: String
    @Option(help: "Tasks that each ask one thing at a time.") var tasks = 64
    @Option(help: "Seconds to measure.") var seconds = 4
    @Option(help: "Shared connections.") var connections = 4
    @Option(help: "Rows of pgbench_accounts.") var rows: Int32 = 100_000

    func run() async throws {
        let client = PostgresClient(
            configuration: PostgresConfiguration(
                url: database, poolSize: connections * 2, sharedConnections: connections),
            logger: Logger(label: "bench"))
        defer { client.shutdown() }
        _ = try await measure(client, for: .seconds(1))
        let rate = try await measure(client, for: .seconds(seconds))
        print(Int(rate))
    }

    private func measure(_ client: PostgresClient, for duration: Duration) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + duration
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<tasks {
                group.addTask { [rows] in
                    var count = 0
                    var id = Int32(task) &* 7919
                    while clock.now < end {
                        id = (id &+ 15_485_863) & 0x7FFF_FFFF
                        let found = try await client.query(
                            "select abalance from pgbench_accounts where aid = \(id % rows + 1)", access: .read)
                        guard var columns = found.first?.columns else { throw ExitCode.failure }
                        _ = try columns.next(Int32.self)
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        let elapsed = start.duration(to: clock.now)
        return Double(count) / (Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
    }
}

import Logging
import PostgresClient

/// The PostgreSQL client without the rest of Plinth: `swift run Query postgresql://localhost/postgres`.
@main
struct Query {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else { return print("usage: Query DATABASE_URL") }
        let client = PostgresClient(
            configuration: PostgresConfiguration(url: CommandLine.arguments[1]), logger: Logger(label: "query"))
        defer { client.shutdown() }

        let shortest = 3
        let results = try await client.batch(
            [
                "select current_database(), version()",
                "select name, setting from pg_settings where length(name) > \(shortest) order by name limit 5",
            ], access: .read)
        for row in results.joined() {
            var columns = row.columns
            print(try columns.next(String.self), try columns.next(String.self))
        }
    }
}

import DatabaseSupport
import Foundation
import PostgresClient
import Testing

@testable import PersistencePostgreSQL

/// docs/DATABASE.md says what the migrations made.
struct DocumentedSchemaTests {
    private static func page() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/DATABASE.md"), encoding: .utf8)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func `the diagram is the schema`() async throws {
        try await withDatabase { client, _ in
            let schema = try await client.query(SchemaDiagram.query).column(String.self)
            let diagram = try Self.page().drop { $0 != "```mermaid" }.dropFirst().prefix { $0 != "```" }
            #expect(
                Array(diagram) == schema,
                "the diagram in docs/DATABASE.md should be:\n\(schema.joined(separator: "\n"))")
        }
    }

    @Test func `every index is listed with what it serves, and no other`() async throws {
        try await withDatabase { client, _ in
            let indexes = try await client.query(
                """
                select i.relname::text
                from pg_index as x
                join pg_class as i on i.oid = x.indexrelid
                join pg_class as c on c.oid = x.indrelid
                where c.relnamespace = 'public'::regnamespace and not c.relispartition and not x.indisprimary
                order by 1
                """
            ).column(String.self)
            let listed = try Self.page().compactMap { line in
                try #/\| `(\w+_(?:idx|key))` \| .+ \|/#.wholeMatch(in: line).map { String($0.1) }
            }
            #expect(listed.sorted() == indexes.sorted())
        }
    }
}

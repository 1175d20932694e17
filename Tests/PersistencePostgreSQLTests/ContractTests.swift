import Core
import DatabaseSupport
import PersistenceContracts
import PersistencePostgreSQL
import PostgresClient
import Testing

struct ContractTests {
    @Test(arguments: Contracts.all)
    func `PostgreSQL holds to`(contract: Contract) async throws {
        try await withDatabase { client, database in
            try await contract.check(
                ContractContext(
                    database: database, keyValueStore: database.keyValues, jobQueue: database.jobQueue
                ) { team, owner in
                    let name = "team \(team)"
                    _ = try await client.query(
                        """
                        insert into teams (id, name, slug, owner_id, created_at, updated_at, version)
                        values (\(team), \(name), \(name), \(owner), \(TestDatabase.migratedAt), \(TestDatabase.migratedAt), 1)
                        """)
                })
        }
    }
}

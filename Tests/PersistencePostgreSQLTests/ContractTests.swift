import DatabaseSupport
import PersistenceContracts
import PersistencePostgreSQL
import Testing

struct ContractTests {
    @Test(arguments: Contracts.all)
    func `PostgreSQL holds to`(contract: Contract) async throws {
        try await withDatabase { _, database in
            try await contract.check(
                ContractContext(
                    database: database, keyValueStore: database.keyValues, jobQueue: database.jobQueue))
        }
    }
}

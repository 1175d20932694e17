import PersistenceContracts
import PersistenceInMemory
import Testing

struct ContractTests {
    @Test(arguments: Contracts.all)
    func `the database in memory holds to`(contract: Contract) async throws {
        let database = InMemoryDatabase()
        try await contract.check(
            ContractContext(
                database: database, keyValueStore: InMemoryKeyValueStore(), jobQueue: database.jobQueue()))
    }

    @Test func `no two contracts share a name`() {
        #expect(Set(Contracts.all.map(\.name)).count == Contracts.all.count)
    }
}

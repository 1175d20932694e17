import PersistenceContracts
import PersistenceInMemory
import Testing

struct ContractTests {
    @Test(arguments: Contracts.all)
    func `the database in memory holds to`(contract: Contract) async throws {
        try await contract.check(
            ContractContext(database: InMemoryDatabase(), keyValueStore: InMemoryKeyValueStore()))
    }

    @Test func `no two contracts share a name`() {
        #expect(Set(Contracts.all.map(\.name)).count == Contracts.all.count)
    }
}

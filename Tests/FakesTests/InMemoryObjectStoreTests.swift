import Core
import Crypto
import Fakes
import ObjectStoreContracts
import Testing

struct InMemoryObjectStoreTests {
    @Test(arguments: ObjectStoreContracts.all)
    func `the store in memory holds to`(contract: ObjectStoreContract) async throws {
        try await contract.check(InMemoryObjectStore(time: ManualTime().source) { Array(SHA256.hash(data: $0)) })
    }
}

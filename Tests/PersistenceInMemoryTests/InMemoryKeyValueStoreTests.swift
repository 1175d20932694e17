import Core
import Persistence
import PersistenceInMemory
import Testing

struct InMemoryKeyValueStoreTests {
    @Test func `expired values don't pile up`() async throws {
        let store = InMemoryKeyValueStore()
        let start = Timestamp(seconds: 0)
        for number in 0..<5000 {
            let time = start + .seconds(number)
            #expect(
                try await store.write(
                    "k\(number)", value: [1], ifVersion: nil, expiresAt: time + .seconds(10), at: time))
        }
        #expect(store.count < 2000)
        #expect(try await store.read("k4999", at: start + .seconds(4999))?.value == [1])
    }
}

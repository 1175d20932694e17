import Core
import Fakes
import Testing

/// The contract of `ObjectStore`, to be run against every implementation, each with an empty store:
///
/// ```swift
/// @Test(arguments: ObjectStoreContracts.all) func `holds`(contract: ObjectStoreContract) async throws {
///     try await contract.check(makeStore())
/// }
/// ```
public enum ObjectStoreContracts {
    private static let limit: Int64 = 8 * 1024 * 1024
    private static let text = MediaType("text/plain") ?? .bytes
    /// SHA-256 of "abc" (FIPS 180-2, appendix B.1).
    private static let hashOfABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    private static func key(_ text: String) throws -> ObjectKey { try #require(ObjectKey(text)) }

    public static let all: [ObjectStoreContract] = [
        ObjectStoreContract("what is put is read again, with what is known of it") { store async throws in
            let key = try key("a/b.txt")
            let info = try await store.put(key, pieces([[97], [], [98, 99]]), type: text, limit: 3)
            #expect(info.size == 3)
            #expect(info.type == text)
            #expect(HexDigits.encode(info.sha256) == hashOfABC)
            #expect(try await store.info(key) == info)
            let reading = try #require(try await store.read(key, range: nil))
            #expect(reading.info == info)
            #expect(reading.range == 0..<3)
            #expect(try await reading.collected() == [97, 98, 99])
        },
        ObjectStoreContract("what was never put is not there, and removing it is no error") { store async throws in
            let key = try key("nothing")
            #expect(try await store.info(key) == nil)
            #expect(try await store.read(key, range: nil) == nil)
            try await store.remove(key)
        },
        ObjectStoreContract("an empty object is an object") { store async throws in
            let key = try key("empty")
            let info = try await store.put(key, pieces([]), type: .bytes, limit: 0)
            #expect(info.size == 0)
            let reading = try #require(try await store.read(key, range: 0..<10))
            #expect(reading.range == 0..<0)
            #expect(try await reading.collected().isEmpty)
        },
        ObjectStoreContract("a range is of the bytes that are there") { store async throws in
            let key = try key("range")
            let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            _ = try await store.put(key, pieces([bytes]), type: .bytes, limit: limit)
            for (range, expected) in [
                (Int64(0)..<Int64(1), 0..<1), (999_999..<1_000_000, 999_999..<1_000_000),
                (300_000..<700_001, 300_000..<700_001),
                (999_990..<5_000_000, 999_990..<1_000_000), (0..<Int64.max, 0..<1_000_000),
                (2_000_000..<3_000_000, 1_000_000..<1_000_000), (5..<5, 5..<5),
            ] {
                let reading = try #require(try await store.read(key, range: range))
                #expect(try await reading.collected() == Array(bytes[expected]), "\(range)")
                #expect(reading.info.size == 1_000_000)
            }
        },
        ObjectStoreContract("what is too large is not kept, and what was there stays") { store async throws in
            let key = try key("large")
            let first = try await store.put(key, pieces([[1, 2]]), type: .bytes, limit: 2)
            await #expect(throws: ObjectStoreError.tooLarge) {
                try await store.put(key, pieces([[1, 2], [3]]), type: .bytes, limit: 2)
            }
            #expect(try await store.info(key) == first)
        },
        ObjectStoreContract("what breaks off is not kept, and what was there stays") { store async throws in
            let (old, new) = (try key("old"), try key("new"))
            let first = try await store.put(old, pieces([[1, 2]]), type: .bytes, limit: limit)
            for key in [old, new] {
                await #expect(throws: Interrupted()) {
                    try await store.put(key, pieces([[3]], then: Interrupted()), type: .bytes, limit: limit)
                }
            }
            #expect(try await store.info(old) == first)
            #expect(try await store.info(new) == nil)
        },
        ObjectStoreContract("one that is put again replaces the other, type and all") { store async throws in
            let key = try key("again")
            _ = try await store.put(key, pieces([[UInt8](repeating: 1, count: 100_000)]), type: .bytes, limit: limit)
            let second = try await store.put(key, pieces([[2]]), type: text, limit: limit)
            #expect(try await store.info(key) == second)
            #expect(try await store.read(key, range: nil)?.collected() == [2])
            try await store.remove(key)
            #expect(try await store.info(key) == nil)
        },
        ObjectStoreContract("names that begin alike do not meet") { store async throws in
            let names = ["a", "a/b", "a/b/c", "a.b", "a-b", "ab", "a/b.tmp"]
            for (index, name) in names.enumerated() {
                _ = try await store.put(key(name), pieces([[UInt8(index)]]), type: .bytes, limit: limit)
            }
            try await store.remove(key("a"))
            for (index, name) in names.enumerated().dropFirst() {
                #expect(try await store.read(key(name), range: nil)?.collected() == [UInt8(index)], "\(name)")
            }
        },
        ObjectStoreContract("who reads while others write gets one version, whole") { store async throws in
            let key = try key("busy")
            let size = 300_000
            _ = try await store.put(key, pieces([[UInt8](repeating: 0, count: size)]), type: .bytes, limit: limit)
            try await together(12) { index in
                if index.isMultiple(of: 2) {
                    let bytes = [UInt8](repeating: UInt8(index), count: size)
                    _ = try await store.put(key, pieces([bytes, bytes]), type: .bytes, limit: limit)
                } else {
                    let reading = try #require(try await store.read(key, range: nil))
                    let bytes = try await reading.collected()
                    #expect(Set(bytes).count == 1)
                    #expect(Int64(bytes.count) == reading.info.size)
                }
            }
        },
    ]
}

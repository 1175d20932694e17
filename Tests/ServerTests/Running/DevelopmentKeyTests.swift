import Auth
import Core
import Foundation
import Testing

@testable import Server

struct DevelopmentKeyTests {
    @Test func `the key is made once, for its owner alone`() async throws {
        try await withTemporaryDirectory { directory in
            let key = DevelopmentKey(dataDirectory: "\(directory)/a/b")
            #expect(try key.read() == nil)
            let made = try key.readOrMake(randomness: .system).fingerprint
            #expect(try key.read()?.fingerprint == made)
            #expect(try key.readOrMake(randomness: .system).fingerprint == made)
            let attributes = try FileManager.default.attributesOfItem(atPath: key.path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(directory)/a/b") == ["development.key"])
        }
    }

    @Test func `of many that make it at once all get the same`() async throws {
        try await withTemporaryDirectory { directory in
            let key = DevelopmentKey(dataDirectory: "\(directory)/new")
            let fingerprints = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<50 {
                    group.addTask { try key.readOrMake(randomness: .system).fingerprint }
                }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(fingerprints.count == 1)
        }
    }

    @Test func `a damaged key is never replaced`() async throws {
        try await withTemporaryDirectory { directory in
            let key = DevelopmentKey(dataDirectory: directory)
            try "nonsense".write(toFile: key.path, atomically: true, encoding: .utf8)
            let expected = StartError.developmentKeyUnusable(
                path: key.path, reason: "it is not 64 hexadecimal digits")
            #expect(throws: expected) { try key.readOrMake(randomness: .system) }
        }
    }

    @Test func `another key than the database's stops the start`() throws {
        let keys = try MasterKeys(hexadecimal: [ServerConfigurationTests.key])
        let other: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        try MasterKeyRecord.compare(remembered: [], with: keys, developmentKey: nil)
        try MasterKeyRecord.compare(remembered: [other, keys.fingerprint], with: keys, developmentKey: nil)
        let expected = StartError.otherMasterKey(
            remembered: ["0102030405060708"], given: [HexDigits.encode(keys.fingerprint)], developmentKey: "a.key")
        #expect(throws: expected) {
            try MasterKeyRecord.compare(remembered: [other], with: keys, developmentKey: "a.key")
        }
    }
}

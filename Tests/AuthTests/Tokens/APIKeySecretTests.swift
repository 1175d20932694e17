import Core
import Crypto
import Fakes
import Testing

@testable import Auth

struct APIKeySecretTests {
    private static let id = ID<APIKey>(high: 0x019B_76DA_A800_71EE, low: 0x9087_DB78_CFCC_087B)
    /// Of `plk_`, and of the 16 bytes of the id those characters that hold bits of nothing else: 126 of the 128 bits.
    private static let shownLength = 4 + 16 * 8 / 6

    private func make(_ id: ID<APIKey> = id, keys: MasterKeys, seed: UInt64 = 1) -> APIKeySecret {
        .make(key: id, keys: keys, randomness: .seeded(seed))
    }

    @Test func `it names its key, and is 256 random bits and a tag`() throws {
        let keys = try MasterKeys.test()
        let secret = make(keys: keys)
        #expect(secret.text.hasPrefix("plk_"))
        let bytes = try #require(Base64URL.decode(secret.text.dropFirst(4)))
        #expect(bytes.count == 16 + 32 + 16)
        #expect(Array(bytes.prefix(16)) == Self.id.bytes)
        let read = try #require(APIKeySecret(secret.text))
        #expect(read == secret)
        #expect(read.keyID == Self.id)
        #expect(read.isAuthentic(keys))
        #expect(read.hash == Array(SHA256.hash(data: Array(secret.text.utf8))))
    }

    @Test func `what is shown of it begins it, and depends on nothing random but the id`() throws {
        let keys = try MasterKeys.test()
        let secrets = (1...200).map { make(keys: keys, seed: $0) }
        #expect(Set(secrets.map(\.text)).count == 200)
        #expect(Set(secrets.map(\.shownPrefix)).count == 1)
        let shown = secrets[0].shownPrefix
        #expect(shown.count == Self.shownLength)
        #expect(secrets.allSatisfy { $0.text.hasPrefix(shown) })
        // One character more would show four of the secret bits.
        #expect(Set(secrets.map { $0.text.prefix(Self.shownLength + 1) }).count == 16)
    }

    @Test func `what is shown tells keys of one moment apart`() throws {
        let (keys, time, randomness) = (try MasterKeys.test(), ManualTime(), Randomness.seeded(1))
        let shown = (0..<200).map { _ in
            make(.make(at: time.now, randomness: randomness), keys: keys).shownPrefix
        }
        #expect(Set(shown).count == 200)
    }

    @Test func `nothing of it is printed`() throws {
        let secret = make(keys: try .test())
        var dumped = ""
        dump(secret, to: &dumped)
        #expect("\(secret)" == "APIKeySecret(redacted)")
        #expect(String(reflecting: secret) == "APIKeySecret(redacted)")
        #expect(!dumped.contains(secret.text.dropFirst(4)))
    }
}

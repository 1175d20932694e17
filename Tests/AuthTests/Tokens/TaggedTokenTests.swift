import Core
import Crypto
import Fakes
import Testing

@testable import Auth

struct TaggedTokenTests {
    private static let kind = TaggedToken.Kind(prefix: "plt_", payloadLength: 4, keyPurpose: "test-token")
    private static let payload: [UInt8] = [1, 2, 3, 255]

    private func make(_ kind: TaggedToken.Kind = kind, keys: MasterKeys, seed: UInt64 = 1) -> TaggedToken {
        .make(kind, payload: Self.payload, keys: keys, randomness: .seeded(seed))
    }

    @Test func `its text is read back, payload and all`() throws {
        let keys = try MasterKeys.test()
        let made = make(keys: keys)
        let read = try #require(TaggedToken(Self.kind, made.text))
        #expect(read == made)
        #expect(read.text == made.text)
        #expect(read.payload == Self.payload)
        #expect(read.hash == Array(SHA256.hash(data: Array(made.text.utf8))))
        #expect(read.isAuthentic(Self.kind, keys: keys))
        let bytes = try #require(Base64URL.decode(made.text.dropFirst(4)))
        #expect(bytes.count == 4 + 32 + 16)
        #expect(bytes.starts(with: Self.payload))
    }

    @Test(arguments: [(0..<4, 0x0102_03FF), (0..<1, 1), (2..<4, 0x03FF), (3..<4, 255), (4..<4, 0), (3..<9, 255)])
    func `a number of the payload is in network order`(range: Range<Int>, word: UInt64) throws {
        #expect(make(keys: try .test()).word(range) == word)
    }

    @Test func `no two are alike`() throws {
        let (keys, randomness) = (try MasterKeys.test(), Randomness.seeded(1))
        let tokens = (0..<100).map { _ in
            TaggedToken.make(Self.kind, payload: Self.payload, keys: keys, randomness: randomness)
        }
        #expect(Set(tokens.map(\.text)).count == 100)
        #expect(Set(tokens.map(\.hash)).count == 100)
        #expect(tokens[0] != tokens[1])
    }

    private static let spellings: [(name: String, change: @Sendable (String) -> String)] = [
        ("nothing", { _ in "" }), ("the prefix alone", { String($0.prefix(4)) }),
        ("no prefix", { String($0.dropFirst(4)) }), ("the prefix twice", { "plt_" + $0 }),
        ("capitals", { "PLT_" + $0.dropFirst(4) }), ("a hyphen", { "plt-" + $0.dropFirst(4) }),
        ("white space before", { " " + $0 }), ("white space after", { $0 + " " }), ("a line end", { $0 + "\n" }),
        ("a null", { $0 + "\u{0}" }), ("padding", { $0 + "==" }), ("one character more", { $0 + "A" }),
        ("one byte more", { $0 + "AA" }), ("three bytes more", { $0 + "AAAA" }),
        ("one character less", { String($0.dropLast()) }), ("four characters less", { String($0.dropLast(4)) }),
        ("the standard alphabet", { $0.dropLast(3) + "+/A" }),
        ("an accent in the prefix", { "plt_\u{301}" + $0.dropFirst(4) }),
        ("full-width letters", { "ｐｌｔ_" + $0.dropFirst(4) }),
        ("a letter of another script", { "plt_é" + $0.dropFirst(6) }),
        ("twice", { $0 + $0 }), ("a megabyte", { $0 + String(repeating: "A", count: 1 << 20) }),
    ]

    @Test(arguments: spellings.indices)
    func `any other spelling is refused`(index: Int) throws {
        let text = make(keys: try .test()).text
        let (name, change) = Self.spellings[index]
        #expect(TaggedToken(Self.kind, change(text)) == nil, "\(name)")
    }

    @Test func `each beginning of it is refused`() throws {
        let text = make(keys: try .test()).text
        for length in 0..<text.count { #expect(TaggedToken(Self.kind, String(text.prefix(length))) == nil) }
    }

    @Test func `the bits that the last character has too many are zero`() throws {
        // 52 bytes are 69 characters and 2 bits more of a 70th, whose other 4 bits stand for nothing.
        let text = make(keys: try .test()).text
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        let read = alphabet.filter { TaggedToken(Self.kind, text.dropLast() + String($0)) != nil }
        #expect(read == "AQgw")
    }

    @Test func `with any changed bit it is not authentic`() throws {
        let keys = try MasterKeys.test()
        let made = make(keys: keys)
        let bytes = try #require(Base64URL.decode(made.text.dropFirst(4)))
        for bit in 0..<bytes.count * 8 {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let read = try #require(TaggedToken(Self.kind, "plt_" + Base64URL.encode(changed)))
            #expect(read != made)
            #expect(!read.isAuthentic(Self.kind, keys: keys))
        }
    }

    @Test func `kinds do not pass for each other`() throws {
        let keys = try MasterKeys.test()
        let others = [
            TaggedToken.Kind(prefix: "plu_", payloadLength: 4, keyPurpose: "test-token"),
            TaggedToken.Kind(prefix: "plt_", payloadLength: 3, keyPurpose: "test-token"),
            TaggedToken.Kind(prefix: "plt_", payloadLength: 5, keyPurpose: "test-token"),
            TaggedToken.Kind(prefix: "plt_x", payloadLength: 4, keyPurpose: "test-token"),
        ]
        for other in others { #expect(TaggedToken(other, make(keys: keys).text) == nil) }
        let sameForm = TaggedToken.Kind(prefix: "plt_", payloadLength: 4, keyPurpose: "other-token")
        let read = try #require(TaggedToken(sameForm, make(keys: keys).text))
        #expect(!read.isAuthentic(sameForm, keys: keys))
    }

    @Test func `a refresh token is no API key, nor the other way round, under whichever prefix`() throws {
        let keys = try MasterKeys.test()
        let id = ID<APIKey>(high: 0x019B_76DA_A800_71EE, low: 0x9087_DB78_CFCC_087B)
        let secret = APIKeySecret.make(key: id, keys: keys, randomness: .seeded(1)).text
        let refresh = RefreshToken.make(session: id.cast(), generation: 0, keys: keys, randomness: .seeded(1)).text
        for text in [refresh, "plk_" + refresh.dropFirst(4)] { #expect(APIKeySecret(text) == nil) }
        for text in [secret, "plr_" + secret.dropFirst(4)] { #expect(RefreshToken(text) == nil) }
        // Of the right length, tagged for the other.
        let refreshTag = try #require(Base64URL.decode(refresh.dropFirst(4)))
        let disguised = try #require(APIKeySecret("plk_" + Base64URL.encode(refreshTag.dropFirst(4))))
        #expect(!disguised.isAuthentic(keys))
    }

    @Test func `it is authentic under every master key on the list and no other`() throws {
        let old = make(keys: try .test(MasterKeys.firstText))
        #expect(old.isAuthentic(Self.kind, keys: try .test(MasterKeys.secondText, MasterKeys.firstText)))
        #expect(old.isAuthentic(Self.kind, keys: try .test(MasterKeys.firstText, MasterKeys.secondText)))
        #expect(!old.isAuthentic(Self.kind, keys: try .test(MasterKeys.secondText)))
        let new = make(keys: try .test(MasterKeys.secondText, MasterKeys.firstText))
        #expect(new.isAuthentic(Self.kind, keys: try .test(MasterKeys.secondText)))
        #expect(!new.isAuthentic(Self.kind, keys: try .test(MasterKeys.firstText)))
    }
}

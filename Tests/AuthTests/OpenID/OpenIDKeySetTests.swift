import Core
import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import Auth

struct OpenIDKeySetTests {
    private let fixture: OpenIDFixture

    init() throws {
        fixture = try OpenIDFixture()
    }

    private func problem(_ token: TestIDToken, keys: [RawObject]) async throws -> OpenIDProblem? {
        await fixture.provider.publish(keys)
        return try await fixture.problem { try await fixture.signIn(token.text()) }
    }

    private func keySet(_ keys: [RawObject]) throws -> OpenIDKeySet {
        try OpenIDKeySet(StrictJSON.members(of: Array(TestOpenIDProvider.keySet(keys).utf8)) ?? [:])
    }

    @Test(arguments: [
        ("use", #""enc""#), ("use", "1"), ("use", #""SIG""#), ("key_ops", #"["sign"]"#), ("key_ops", "[]"),
        ("key_ops", #""verify""#), ("key_ops", #"["verify",1]"#), ("alg", #""RS256""#), ("alg", #""ES384""#),
        ("alg", #""HS256""#), ("alg", "null"), ("kty", #""oct""#), ("kty", #""OKP""#), ("kty", #""RSA""#),
        ("kty", "null"), ("crv", #""P-384""#), ("crv", #""secp256k1""#), ("crv", "null"), ("kid", "1"),
        ("x", #""AA""#), ("x", "null"), ("y", #""""#), ("y", #""AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA""#),
        ("d", #""AA""#),
    ])
    func `an EC key of another kind, for another use or off the curve is passed over`(
        name: String, value: String
    ) async throws {
        let key = fixture.ec.published.with(name, value)
        #expect(try await problem(fixture.token(), keys: [key, fixture.rsa.published]) == .unknownKey)
        #expect(try await fixture.problem { try await fixture.signIn(fixture.token(fixture.rsa).text()) } == nil)
    }

    @Test(arguments: [
        ("use", #""enc""#), ("alg", #""PS256""#), ("alg", #""RS512""#), ("alg", #""ES256""#), ("kty", #""EC""#),
        ("e", #""AQ""#), ("e", #""AA""#), ("e", #""Ag""#), ("e", #""AAAB""#), ("e", #""""#), ("e", #""AQAA""#),
        ("e", #""AQAAAAE""#), ("e", "65537"), ("e", #""AQAB=""#), ("n", #""""#), ("n", #""AQAB""#), ("n", "null"),
        ("n", #""a+b/""#), ("d", #""AQAB""#),
    ])
    func `an RSA key of another kind, for another use or of weak numbers is passed over`(
        name: String, value: String
    ) async throws {
        let key = fixture.rsa.published.with(name, value)
        #expect(try await problem(fixture.token(fixture.rsa), keys: [key, fixture.ec.published]) == .unknownKey)
    }

    @Test func `coordinates have 32 bytes each`() throws {
        let raw = Array(P256.Signing.PrivateKey().publicKey.rawRepresentation)
        for (length, count) in [(31, 0), (32, 1), (33, 0)] {
            let key = fixture.ec.published.with("x", Base64URL.encode(raw.prefix(length)).quoted)
                .with("y", Base64URL.encode(raw.dropFirst(length)).quoted)
            #expect(try keySet([key]).keys.count == count)
        }
    }

    @Test func `a key of 1024 bits signs nothing`() async throws {
        let weak = try TestOpenIDKey.weakRSA()
        #expect(try await problem(fixture.token(weak), keys: [weak.published]) == .unknownKey)
        #expect(try await problem(fixture.token(weak).header("kid", nil), keys: [weak.published]) == .unknownKey)
    }

    @Test func `with an exponent of 1 a padded hash is no signature`() async throws {
        let modulus = Array(try TestOpenIDKey.rsaPrivateKey.publicKey.getKeyPrimitives().modulus)
        let key = TestOpenIDKey(
            published: TestOpenIDKey.published(n: modulus, e: [1]), header: fixture.rsa.header,
            sign: { signed in
                // EMSA-PKCS1-v1_5 (RFC 8017 section 9.2): what a signature raised to e must be.
                let prefix: [UInt8] = [
                    0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
                    0x00, 0x04, 0x20,
                ]
                let info = prefix + Array(SHA256.hash(data: signed))
                return [0, 1] + [UInt8](repeating: 0xFF, count: modulus.count - info.count - 3) + [0] + info
            })
        #expect(try await problem(fixture.token(key), keys: [key.published]) == .unknownKey)
    }

    @Test(arguments: [(2047, false), (2048, true), (4096, true), (8192, true), (8193, false), (16_384, false)])
    func `a modulus has 2048 to 8192 bits`(bits: Int, isUsable: Bool) throws {
        var modulus = [UInt8](repeating: 0xA5, count: (bits + 7) / 8)
        modulus[0] = 1 << UInt8((bits - 1) % 8)
        #expect(try keySet([TestOpenIDKey.published(n: modulus, e: [1, 0, 1])]).keys.count == (isUsable ? 1 : 0))
        modulus[modulus.count - 1] = 0xA4
        #expect(try keySet([TestOpenIDKey.published(n: modulus, e: [1, 0, 1])]).keys.isEmpty)
    }

    @Test func `zeros before a number change nothing`() async throws {
        let numbers = try TestOpenIDKey.rsaPrivateKey.publicKey.getKeyPrimitives()
        let key = TestOpenIDKey.published(n: [0] + numbers.modulus, e: [0, 0] + numbers.publicExponent)
        #expect(try await problem(fixture.token(fixture.rsa), keys: [key]) == nil)
    }

    @Test func `a key without use and algorithm is for the one of its kind`() async throws {
        let bare = [fixture.ec, fixture.rsa].map { key in
            key.published.with("use", nil).with("alg", nil).with("key_ops", #"["sign","verify"]"#)
        }
        for key in [fixture.ec, fixture.rsa] { #expect(try await problem(fixture.token(key), keys: bare) == nil) }
        let pretended = fixture.token().header("alg", "RS256".quoted)
        #expect(try await problem(pretended, keys: bare) == .wrongAlgorithm)
    }

    @Test func `a token without a key's name is for the one suitable key`() async throws {
        let token = fixture.token().header("kid", nil)
        #expect(try await problem(token, keys: [fixture.ec.published, fixture.rsa.published]) == nil)
    }

    @Test func `of two suitable keys a token must name one`() throws {
        let other = TestOpenIDKey.ec(id: "e2")
        let keys = try keySet([fixture.ec.published, other.published])
        #expect(keys.keys.count == 2)
        #expect(throws: OpenIDProblem.unknownKey) { try keys.key(named: nil, for: .es256) }
        #expect(throws: OpenIDProblem.unknownKey) { try keys.key(named: nil, for: .rs256) }
        #expect(try keys.key(named: "e2", for: .es256).id == "e2")
        let nameless = try keySet([fixture.ec.published.with("kid", nil)])
        #expect(throws: OpenIDProblem.unknownKey) { try nameless.key(named: "e1", for: .es256) }
    }

    @Test func `a name of two different keys names neither`() async throws {
        let other = TestOpenIDKey.ec(id: "e1")
        #expect(
            try await problem(fixture.token(), keys: [fixture.ec.published, other.published, fixture.rsa.published])
                == .unknownKey)
        #expect(try keySet([fixture.ec.published, fixture.rsa.published.with("kid", "e1".quoted)]).keys.isEmpty)
        #expect(try keySet([fixture.ec.published, fixture.ec.published, other.published]).keys.isEmpty)
    }

    @Test func `a key that is there twice counts once`() async throws {
        #expect(try await problem(fixture.token(), keys: [fixture.ec.published, fixture.ec.published]) == nil)
    }

    @Test func `a set has at most 64 keys`() async throws {
        let keys = (0..<64).map { fixture.ec.published.with("kid", "k\($0)".quoted) }
        #expect(try keySet(keys).keys.count == 64)
        #expect(throws: OpenIDProblem.keySetMalformed) { try keySet(keys + [fixture.ec.published]) }
        #expect(try await problem(fixture.token(), keys: keys + [fixture.ec.published]) == .keySetMalformed)
    }

    @Test(arguments: [
        ("{}", OpenIDProblem.keySetMalformed), (#"{"keys":{}}"#, .keySetMalformed),
        (#"{"keys":null}"#, .keySetMalformed),
        ("[]", .unreadableAnswer), ("", .unreadableAnswer), (#"{"keys":[],"keys":[]}"#, .unreadableAnswer),
        (#"{"keys":[{"kid":"e1","kid":"e1"}]}"#, .unreadableAnswer), (#"{"keys":[]}"#, .unknownKey),
        (#"{"keys":[1,null,"x",[],{}]}"#, .unknownKey),
    ])
    func `anything else is no key set`(body: String, expected: OpenIDProblem) async throws {
        await fixture.provider.answer(TestOpenIDProvider.keySetURL, TestOpenIDProvider.json(body))
        #expect(try await fixture.problem { try await fixture.signIn(fixture.token().text()) } == expected)
    }

    @Test func `a key set has a type of its own`() async throws {
        let body = Array(TestOpenIDProvider.keySet([fixture.ec.published]).utf8)
        for (type, isFine) in [("application/jwk-set+json", true), ("text/html", false)] {
            let fixture = try OpenIDFixture()
            await fixture.provider.answer(
                TestOpenIDProvider.keySetURL, OpenIDResponse(status: 200, contentType: type, body: body))
            let token = try TestIDToken(key: self.fixture.ec, now: fixture.now).text()
            #expect(
                try await fixture.problem { try await fixture.signIn(token) } == (isFine ? nil : .unreadableAnswer))
        }
    }
}

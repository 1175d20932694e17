import Core
import Crypto
import Fakes
import Testing

@testable import Auth

struct RefreshTokenTests {
    private let session = ID<Session>(high: 0x019B_76DA_A800_71EE, low: 0x9087_DB78_CFCC_087B)
    private let randomness = Randomness.seeded(1)

    private func token(generation: Int64 = 7, keys: MasterKeys) -> RefreshToken {
        .make(session: session, generation: generation, keys: keys, randomness: randomness)
    }

    @Test(arguments: [0, 1, 7, 4_294_967_295])
    func `a token names its session and generation`(generation: Int64) throws {
        let keys = try MasterKeys.test()
        let made = token(generation: generation, keys: keys)
        #expect(made.text.hasPrefix("plr_"))
        let read = try #require(RefreshToken(made.text))
        #expect(read == made)
        #expect(read.text == made.text)
        #expect(read.sessionID == session)
        #expect(read.generation == generation)
        #expect(read.isAuthentic(keys))
    }

    @Test(arguments: [-1, Int64.max, Int64.min])
    func `a generation that no session reaches does no harm`(generation: Int64) throws {
        let keys = try MasterKeys.test()
        #expect(token(generation: generation, keys: keys).isAuthentic(keys))
    }

    @Test func `256 random bits make each token another`() throws {
        let keys = try MasterKeys.test()
        let tokens = (0..<100).map { _ in token(keys: keys) }
        #expect(Set(tokens.map(\.text)).count == 100)
        #expect(Set(tokens.map(\.hash)).count == 100)
        let bytes = try #require(Base64URL.decode(tokens[0].text.dropFirst(4)))
        #expect(bytes.count == 16 + 4 + 32 + 16)
    }

    @Test func `its hash is SHA-256 of the whole text`() throws {
        let made = token(keys: try .test())
        #expect(made.hash == Array(SHA256.hash(data: Array(made.text.utf8))))
    }

    @Test func `a token with any changed byte is not authentic`() throws {
        let keys = try MasterKeys.test()
        let bytes = try #require(Base64URL.decode(token(keys: keys).text.dropFirst(4)))
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            let read = try #require(RefreshToken("plr_" + Base64URL.encode(changed)))
            #expect(!read.isAuthentic(keys))
        }
    }

    @Test func `a token is authentic under every master key on the list and no other`() throws {
        let old = token(keys: try .test(MasterKeys.firstText))
        #expect(old.isAuthentic(try .test(MasterKeys.secondText, MasterKeys.firstText)))
        #expect(!old.isAuthentic(try .test(MasterKeys.secondText)))
    }

    @Test func `any other spelling is refused`() throws {
        let text = token(keys: try .test()).text
        let others = [
            "", "plr_", String(text.dropFirst(4)), "PLR_" + text.dropFirst(4), text + "=", text + "A", " " + text,
            text + "\n",
            String(text.dropLast()), "plr_" + text, text.replacing(text.suffix(1), with: "+"), text + "\u{0}",
            text.dropLast() + "B", "plr_é" + text.dropFirst(5),
        ]
        for other in others where other != text { #expect(RefreshToken(String(other)) == nil, "\(other)") }
    }

    @Test func `nothing of it is printed`() throws {
        let made = token(keys: try .test())
        var dumped = ""
        dump(made, to: &dumped)
        #expect("\(made)" == "RefreshToken(redacted)")
        #expect(String(reflecting: made) == "RefreshToken(redacted)")
        #expect(!dumped.contains(made.text))
    }

    @Test func `a successor opens under its parent alone`() throws {
        let keys = try MasterKeys.test()
        let (parent, successor, stranger) = (token(keys: keys), token(generation: 8, keys: keys), token(keys: keys))
        let sealed = try RefreshSuccessor.seal(successor, underParent: parent)
        #expect(RefreshSuccessor.open(sealed, underParent: parent) == successor)
        #expect(RefreshSuccessor.open(sealed, underParent: stranger) == nil)
        #expect(RefreshSuccessor.open(sealed, underParent: successor) == nil)
        #expect(RefreshSuccessor.open([], underParent: parent) == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(RefreshSuccessor.open(changed, underParent: parent) == nil)
        }
        #expect(try RefreshSuccessor.seal(successor, underParent: parent) != sealed)
        #expect(!sealed.contains(successor.text.utf8))
    }
}

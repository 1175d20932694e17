import Core
import Crypto
import Fakes
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth

struct ChallengesTests {
    private struct Note: Codable, Sendable, Equatable {
        var text = "quartz lantern"
    }

    private static let purposes: [Challenges.Purpose] = [
        .secondFactor, .openID, .linking, .passkeyRegistration, .passkeyUse,
    ]
    private let time = ManualTime()
    private var expiry: Timestamp { time.now + .minutes(5) }

    private func challenges(_ keys: String...) throws -> Challenges {
        Challenges(keys: try MasterKeys(hexadecimal: keys.isEmpty ? [MasterKeys.firstText] : keys))
    }

    private func open(
        _ text: String, _ challenges: Challenges, for purpose: Challenges.Purpose = .linking, at now: Timestamp? = nil
    ) throws(Challenges.Problem) -> Challenges.Opened<Note> {
        try challenges.open(text, for: purpose, at: now ?? time.now)
    }

    @Test func `what was sealed opens, and nothing of it can be read before`() throws {
        let challenges = try challenges()
        let text = try challenges.seal(Note(), for: .linking, until: expiry)
        let opened = try open(text, challenges)
        #expect(opened.content == Note())
        #expect(opened.expiresAt == expiry)
        let sealed = try #require(Base64URL.decode(text))
        #expect(opened.hash == Array(SHA256.hash(data: sealed)))
        #expect(!String(decoding: sealed, as: UTF8.self).contains("lantern"))
    }

    @Test func `twice the same is two challenges`() throws {
        let challenges = try challenges()
        let texts = try (0..<100).map { _ in try challenges.seal(Note(), for: .linking, until: expiry) }
        #expect(Set(texts).count == 100)
        #expect(Set(try texts.map { try open($0, challenges).hash }).count == 100)
    }

    @Test func `one for a purpose opens for no other`() throws {
        let challenges = try challenges()
        for sealed in Self.purposes {
            let text = try challenges.seal(Note(), for: sealed, until: expiry)
            for opened in Self.purposes where opened != sealed {
                #expect(throws: Challenges.Problem.malformed) { try open(text, challenges, for: opened) }
            }
            #expect(try open(text, challenges, for: sealed).content == Note())
        }
    }

    @Test func `it is good until its last microsecond`() throws {
        let challenges = try challenges()
        let text = try challenges.seal(Note(), for: .linking, until: expiry)
        _ = try open(text, challenges, at: expiry - .microseconds(1))
        #expect(throws: Challenges.Problem.expired) { try open(text, challenges, at: expiry) }
        #expect(throws: Challenges.Problem.expired) { try open(text, challenges, at: expiry + .days(400)) }
    }

    @Test func `with any changed bit it does not open`() throws {
        let challenges = try challenges()
        let sealed = try #require(Base64URL.decode(try challenges.seal(Note(), for: .linking, until: expiry)))
        for bit in 0..<sealed.count * 8 {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: Challenges.Problem.malformed) { try open(Base64URL.encode(changed), challenges) }
        }
    }

    @Test func `each beginning of it, and any other spelling, does not open`() throws {
        let challenges = try challenges()
        let text = try challenges.seal(Note(), for: .linking, until: expiry)
        var others = (0..<text.count).map { String(text.prefix($0)) }
        others += [text + "=", text + "A", text + "AAAA", " " + text, text + "\n", text + text, "é", "\u{0}", "{}"]
        for other in others { #expect(throws: Challenges.Problem.malformed) { try open(other, challenges) } }
    }

    @Test func `one with another content does not open`() throws {
        struct Number: Codable, Sendable {
            let number: Int
        }
        let challenges = try challenges()
        let text = try challenges.seal(Number(number: 7), for: .linking, until: expiry)
        #expect(throws: Challenges.Problem.malformed) { try open(text, challenges) }
        let unrelated = Base64URL.encode(try challenges.keys.seal(Array("[]".utf8), context: "challenge/linking"))
        #expect(throws: Challenges.Problem.malformed) { try open(unrelated, challenges) }
    }

    @Test func `it opens under every master key on the list and no other`() throws {
        let text = try challenges(MasterKeys.firstText).seal(Note(), for: .linking, until: expiry)
        _ = try open(text, try challenges(MasterKeys.secondText, MasterKeys.firstText))
        let replaced = try challenges(MasterKeys.secondText)
        #expect(throws: Challenges.Problem.malformed) { try open(text, replaced) }
        let new = try challenges(MasterKeys.secondText, MasterKeys.firstText)
            .seal(Note(), for: .linking, until: expiry)
        _ = try open(new, replaced)
    }

    @Test func `of thirty who spend one at once, one does`() async throws {
        let (database, challenges) = (InMemoryDatabase(), try challenges())
        let opened = try open(try challenges.seal(Note(), for: .linking, until: expiry), challenges)
        let results = await race(30) { _ in
            try await database.transaction(.system, repetition: .allowed) { try await opened.spend(in: $0) }
        }
        #expect(results.successes().count == 30)
        #expect(results.successes().count { $0 } == 1)
    }

    @Test func `one spent is not another, and none is where nothing else came of it`() async throws {
        struct Refusal: Error {}
        let (database, challenges) = (InMemoryDatabase(), try challenges())
        let first = try open(try challenges.seal(Note(), for: .linking, until: expiry), challenges)
        let second = try open(try challenges.seal(Note(), for: .linking, until: expiry), challenges)
        #expect(try await first.spend(in: database.scoped(.system)))
        await #expect(throws: Refusal.self) {
            try await database.transaction(.system, repetition: .allowed) { store in
                #expect(try await second.spend(in: store))
                throw Refusal()
            }
        }
        #expect(try await second.spend(in: database.scoped(.system)))
        #expect(try await !second.spend(in: database.scoped(.system)))
        #expect(try await !first.spend(in: database.scoped(.system)))
    }

    @Test func `that it was spent is known as long as it would open`() async throws {
        let (database, challenges) = (InMemoryDatabase(), try challenges())
        let text = try challenges.seal(Note(), for: .linking, until: expiry)
        let opened = try open(text, challenges)
        let store = database.scoped(.system)
        #expect(try await opened.spend(in: store))
        #expect(try await store.spentChallenges.removeExpired(before: expiry - .microseconds(1)) == 0)
        #expect(try await !opened.spend(in: store))
    }
}

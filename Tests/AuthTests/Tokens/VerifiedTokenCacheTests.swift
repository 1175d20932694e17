import Core
import Testing

@testable import Auth

struct VerifiedTokenCacheTests {
    private let now = Timestamp(seconds: 1_767_225_600)

    private func claims(_ number: Int) -> AccessClaims {
        AccessClaims(
            userID: ID(high: 0, low: UInt64(number)), sessionID: ID(high: 1, low: UInt64(number)), issuedAt: now,
            expiresAt: now + .minutes(5))
    }

    /// Texts that spread over the shards as tokens do.
    private func text(_ number: Int) -> String {
        "token-\(number)-\(Unicode.Scalar(UInt8(ascii: "A") + UInt8(number % 16)))A"
    }

    private func fill(_ cache: VerifiedTokenCache, _ numbers: Range<Int>, revision: Int = 1) {
        for number in numbers {
            cache.insert(claims(number), of: text(number), until: now + .minutes(5), revision: revision)
        }
    }

    @Test func `a token is found until it ends, and only itself`() {
        let cache = VerifiedTokenCache()
        fill(cache, 0..<2)
        #expect(cache.claims(of: text(0), at: now, revision: 1) == claims(0))
        #expect(cache.claims(of: text(1), at: now + .seconds(299), revision: 1) == claims(1))
        #expect(cache.claims(of: text(0), at: now + .minutes(5), revision: 1) == nil)
        #expect(cache.claims(of: text(0) + "x", at: now, revision: 1) == nil)
        #expect(cache.claims(of: "", at: now, revision: 1) == nil)
    }

    @Test func `it never holds more than it may, and keeps what is used`() {
        let cache = VerifiedTokenCache(capacity: 1600)
        fill(cache, 0..<1)
        for start in stride(from: 1, to: 100_000, by: 100) {
            fill(cache, start..<start + 100)
            #expect(cache.count <= 1600)
            #expect(cache.claims(of: text(0), at: now, revision: 1) == claims(0))
        }
        #expect(cache.claims(of: text(1), at: now, revision: 1) == nil)
        #expect(cache.count >= 800)
    }

    @Test func `a change of the signing keys forgets what was learnt before`() {
        let cache = VerifiedTokenCache()
        fill(cache, 0..<16)
        #expect(cache.claims(of: text(3), at: now, revision: 2) == nil)
        fill(cache, 16..<32, revision: 2)
        #expect(cache.count == 16)
        // A check that began under the older keys and ends late.
        fill(cache, 0..<16, revision: 1)
        #expect(cache.claims(of: text(3), at: now, revision: 1) == nil)
        #expect(cache.claims(of: text(3), at: now, revision: 2) == nil)
    }

    @Test func `it can be emptied`() {
        let cache = VerifiedTokenCache()
        fill(cache, 0..<100)
        cache.removeAll()
        #expect(cache.count == 0)
        #expect(cache.claims(of: text(0), at: now, revision: 1) == nil)
    }

    @Test func `many use it at once`() async {
        let cache = VerifiedTokenCache(capacity: 320)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in task * 50..<task * 50 + 400 {
                        fill(cache, number..<number + 1)
                        let found = cache.claims(of: text(number), at: now, revision: 1)
                        #expect(found == nil || found == claims(number))
                    }
                }
            }
        }
        #expect(cache.count <= 320)
    }
}

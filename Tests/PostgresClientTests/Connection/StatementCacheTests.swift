import Testing

@testable import PostgresClient

struct StatementCacheTests {
    private func key(_ number: Int) -> StatementKey { StatementKey(text: "select \(number)", types: []) }

    private func full() -> StatementCache {
        var cache = StatementCache()
        for number in 0..<StatementCache.most {
            _ = cache.name(for: key(number))
            _ = cache.reserve(key(number))
            cache.prepared(key(number))
        }
        return cache
    }

    @Test func `a name counts only after its own answer`() {
        var cache = StatementCache()
        #expect(cache.name(for: key(1)) == .absent)
        let (name, unwanted) = cache.reserve(key(1))
        #expect(unwanted.isEmpty)
        #expect(cache.name(for: key(1)) == .pending)
        cache.prepared(key(1))
        #expect(cache.name(for: key(1)) == .ready(name))
    }

    @Test func `the same text with other types is another statement`() {
        var cache = StatementCache()
        _ = cache.reserve(StatementKey(text: "select $1", types: [20]))
        #expect(cache.name(for: StatementKey(text: "select $1", types: [25])) == .absent)
    }

    @Test func `beyond the limit the least recently used one goes`() {
        var cache = full()
        guard case .ready(let second) = cache.name(for: key(1)), case .ready = cache.name(for: key(0)) else {
            Issue.record("not prepared")
            return
        }
        for number in 2..<StatementCache.most { _ = cache.name(for: key(number)) }
        _ = cache.name(for: key(1000))
        #expect(cache.reserve(key(1000)).unwanted == [second])
        #expect(cache.count == StatementCache.most)
        #expect(cache.name(for: key(1)) == .absent)
    }

    @Test func `one that could not be prepared leaves no name behind`() {
        var cache = StatementCache()
        let first = cache.reserve(key(1)).name
        cache.forget(key(1))
        #expect(cache.name(for: key(1)) == .absent)
        let again = cache.reserve(key(1))
        #expect(again.name != first && again.unwanted.isEmpty)
    }

    @Test func `one that is prepared anew is deallocated once`() {
        var cache = StatementCache()
        let first = cache.reserve(key(1)).name
        cache.prepared(key(1))
        cache.replace(key(1))
        cache.replace(key(1))
        #expect(cache.reserve(key(1)).unwanted == [first])
        #expect(cache.reserve(key(2)).unwanted == [])
    }

    @Test func `names that are gone are not deallocated`() {
        var cache = full()
        cache.replace(key(3))
        cache.forgetAll()
        #expect(cache.count == 0)
        #expect(cache.reserve(key(3)).unwanted == [])
    }
}

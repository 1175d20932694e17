import Testing

@testable import PostgresClient

/// What happens while the server can't be reached.
struct PoolStateOutageTests {
    @Test func `after two seconds without a connection nobody waits any more`() {
        var pool = PoolModel { $0.acquire = 10_000_000_000 }
        pool.read("a")
        pool.failed(0)
        pool.pass(milliseconds: 1900)
        pool.read("b")
        #expect(!pool.take().contains { $0.hasPrefix("refuse") })
        #expect(pool.nextTick == 100)
        pool.pass(milliseconds: 100)
        pool.write("c")
        #expect(pool.take() == ["refuse a unreachable", "refuse b unreachable", "refuse c unreachable"])
    }

    @Test func `one connection finds out whether the server is back, asked for or not`() {
        var pool = PoolModel { $0.connections = 4 }
        pool.read("a")
        pool.failed(0)
        #expect(pool.take() == ["connect 0"])
        #expect(pool.nextTick == 50)
        pool.pass(milliseconds: 50)
        pool.write("b")
        pool.read("c")
        #expect(pool.take() == ["connect 0"])
        pool.failed(0)
        #expect(pool.nextTick == 100)
        pool.pass(milliseconds: 5000)
        #expect(pool.take().suffix(1) == ["connect 0"])
        pool.connected(0)
        pool.write("d")
        #expect(pool.take() == ["connect 2"])
        #expect(!pool.state.isUnreachable)
    }

    @Test func `where somebody else answers instead, the first failure refuses`() {
        var pool = PoolModel { $0.outage = 0 }
        pool.read("a")
        pool.failed(0)
        pool.read("b")
        #expect(pool.take() == ["connect 0", "refuse a unreachable", "refuse b unreachable"])
    }

    @Test func `the wait doubles up to its limit, is shortened by chance, and starts again after an answer`() {
        var backOff = BackOff(first: 50, longest: 200)
        var now: UInt64 = 1000
        for wait: UInt64 in [50, 100, 200, 200] {
            backOff.failed(at: now, jitter: 1)
            #expect(backOff.notBefore == now + wait)
            now = backOff.notBefore
        }
        backOff.failed(at: now, jitter: 0)
        #expect(backOff.notBefore == now + 100)
        backOff.succeeded()
        #expect(backOff.notBefore == 0)
        backOff.failed(at: now, jitter: 0.5)
        #expect(backOff.notBefore == now + 37)
    }

    @Test func `ten connections that fail together are one failure`() {
        var pool = PoolModel { $0.connections = 10 }
        for number in 0..<4 { pool.read("\(number)") }
        for number in 4..<9 { pool.write("\(number)") }
        #expect(pool.take().count == 9)
        for slot in 0..<9 { pool.failed(slot) }
        #expect(pool.nextTick == 50)
    }

    @Test func `a server that drops every new connection is not asked again at once`() {
        var pool = PoolModel { $0.connections = 1 }
        pool.read("a")
        var waits: [UInt64?] = []
        for _ in 0..<3 {
            pool.connected(0)
            pool.lost(0)
            pool.read("again")
            _ = pool.take()
            waits.append(pool.nextTick)
            pool.pass(milliseconds: waits.last.flatMap(\.self) ?? 0)
            #expect(pool.take() == ["connect 0"])
        }
        #expect(waits == [50, 100, 200])
        pool.connected(0)
        pool.read("b")
        pool.finished(0)
        pool.lost(0)
        _ = pool.take()
        pool.read("c")
        #expect(pool.take() == ["connect 0"])
    }

    @Test func `a connection lost after it answered is replaced at once`() {
        var pool = PoolModel.open { $0.connections = 1 }
        pool.read("a")
        pool.finished(0)
        pool.lost(0)
        _ = pool.take()
        pool.read("b")
        #expect(pool.take() == ["connect 0"])
    }
}

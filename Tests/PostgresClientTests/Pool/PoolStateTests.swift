import Testing

@testable import PostgresClient

/// Which connection gets what.
struct PoolStateTests {
    @Test func `nothing connects before it is needed, then as much as waits`() {
        var pool = PoolModel { $0.connections = 6 }
        #expect(pool.take() == [])
        pool.read("a")
        #expect(pool.take() == ["connect 0"])
        pool.read("b")
        #expect(pool.take() == ["connect 1"])
        pool.write("c")
        #expect(pool.take() == ["connect 3"])
        pool.connected(0)
        #expect(pool.take() == ["send a on 0", "send b on 0"])
        pool.connected(3)
        #expect(pool.take() == ["send c on 3"])
    }

    @Test func `reads go where least is to be done`() {
        var pool = PoolModel.open { $0.connections = 4 }
        for name in ["a", "b", "c"] { pool.read(name) }
        #expect(pool.take() == ["send a on 0", "send b on 1", "send c on 0"])
        pool.finished(0)
        pool.finished(0)
        pool.read("d")
        #expect(pool.take() == ["send d on 0"])
    }

    @Test func `writes and leases have a connection to themselves`() {
        var pool = PoolModel.open { $0.connections = 4 }
        for name in ["a", "b", "c"] { pool.write(name) }
        pool.lease("l")
        #expect(pool.take() == ["send a on 2", "send b on 3"])
        pool.finished(3)
        pool.finished(2)
        #expect(pool.take() == ["send c on 3", "grant l 2"])
        pool.write("d")
        #expect(pool.take() == [])
        pool.released(2)
        #expect(pool.take() == ["send d on 2"])
    }

    @Test func `no read joins a connection whose oldest batch is older than 50 ms`() {
        var pool = PoolModel.open { $0.connections = 2 }
        pool.write("w")
        pool.read("slow")
        _ = pool.take()
        pool.pass(milliseconds: 50)
        pool.read("in time")
        #expect(pool.take() == ["send in time on 0"])
        pool.pass(milliseconds: 1)
        pool.read("late")
        #expect(pool.take() == [])
        pool.finished(0)
        #expect(pool.take() == ["send late on 0"])
    }

    @Test func `with all shared connections stuck a read takes an idle one of the others, alone`() {
        var pool = PoolModel.open { $0.connections = 2 }
        pool.read("slow")
        pool.pass(milliseconds: 51)
        _ = pool.take()
        pool.read("a")
        pool.read("b")
        #expect(pool.take() == ["send a on 1"])
    }

    @Test func `a shared connection carries so many batches and no more`() {
        var pool = PoolModel.open {
            $0.connections = 2
            $0.depth = 3
        }
        pool.write("w")
        for number in 0..<5 { pool.read("\(number)") }
        #expect(pool.take() == ["send w on 1", "send 0 on 0", "send 1 on 0", "send 2 on 0"])
        pool.finished(0)
        #expect(pool.take() == ["send 3 on 0"])
    }

    @Test func `a full queue refuses at once`() {
        var pool = PoolModel { $0.queueLength = 2 }
        for name in ["a", "b", "c"] { pool.read(name) }
        #expect(pool.take() == ["connect 0", "connect 1", "refuse c queueFull"])
    }

    @Test func `what waits too long is refused in its order, the rest goes on waiting`() {
        var pool = PoolModel.open { $0.connections = 1 }
        pool.lease("l")
        pool.read("a")
        pool.pass(milliseconds: 500)
        pool.write("b")
        #expect(pool.take() == ["grant l 0"])
        #expect(pool.nextTick == 1500)
        pool.pass(milliseconds: 1500)
        #expect(pool.take() == ["refuse a poolExhausted"])
        #expect(pool.nextTick == 500)
        pool.released(0)
        #expect(pool.take() == ["send b on 0"])
        #expect(pool.nextTick == nil)
    }

    @Test func `with one connection reads and writes take turns in the order they came`() {
        var pool = PoolModel.open { $0.connections = 1 }
        pool.read("a")
        pool.read("b")
        #expect(pool.take() == ["send a on 0", "send b on 0"])
        pool.write("w")
        pool.read("c")
        #expect(pool.take() == [])
        pool.finished(0)
        #expect(pool.take() == [])
        pool.finished(0)
        #expect(pool.take() == ["send w on 0"])
        pool.finished(0)
        #expect(pool.take() == ["send c on 0"])
        pool.lease("l")
        pool.read("d")
        pool.finished(0)
        #expect(pool.take() == ["grant l 0"])
        pool.released(0)
        #expect(pool.take() == ["send d on 0"])
    }

    @Test func `what was withdrawn is never sent`() {
        var pool = PoolModel { $0.connections = 1 }
        for name in ["a", "b"] { pool.read(name) }
        pool.lease("l")
        pool.withdraw("a")
        pool.withdraw("l")
        _ = pool.take()
        pool.connected(0)
        #expect(pool.take() == ["send b on 0"])
    }

    @Test func `the end answers all that wait`() {
        var pool = PoolModel { $0.connections = 2 }
        pool.read("a")
        pool.write("b")
        _ = pool.take()
        pool.drain()
        #expect(pool.take() == ["refuse a closed", "refuse b closed"])
        #expect(pool.state.waiting == 0)
    }

    @Test func `a leased connection that is lost frees its place`() {
        var pool = PoolModel.open { $0.connections = 1 }
        pool.lease("l")
        _ = pool.take()
        pool.lost(0, jitter: nil)
        pool.write("w")
        #expect(pool.take() == ["connect 0"])
        pool.connected(0)
        #expect(pool.take() == ["send w on 0"])
    }
}

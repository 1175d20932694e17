import NIOCore
import Testing

@testable import HTTPServer

/// The pure part: times are given.
struct ConnectionDeadlinesTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private func after(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }
    private func fresh() -> ConnectionDeadlines {
        ConnectionDeadlines(times: ConnectionTimes(ConnectionLimits()), now: start)
    }

    @Test func `the first head has ten seconds from the connection, however it drips`() {
        var deadlines = fresh()
        #expect(deadlines.expired(now: after(9)) == nil)
        #expect(deadlines.expired(now: after(10)) == .head(began: false))
        deadlines.bytesArrived(now: after(9))
        #expect(deadlines.next == after(10))
        #expect(deadlines.expired(now: after(10)) == .head(began: true))
    }

    @Test func `a kept connection waits a minute, and ten seconds from the first byte of a head`() {
        var deadlines = fresh()
        deadlines.requestBegan(now: after(1))
        deadlines.requestEnded()
        deadlines.responseEnded(now: after(2))
        #expect(deadlines.expired(now: after(61)) == nil)
        #expect(deadlines.expired(now: after(62)) == .idle)
        deadlines.bytesArrived(now: after(50))
        deadlines.bytesArrived(now: after(59))
        #expect(deadlines.expired(now: after(60)) == .head(began: true))
    }

    @Test func `body and request have thirty seconds from the head`() {
        var deadlines = fresh()
        deadlines.requestBegan(now: after(5))
        #expect(deadlines.expired(now: after(35)) == .body)
        deadlines.requestEnded()
        #expect(deadlines.expired(now: after(34)) == nil)
        #expect(deadlines.expired(now: after(35)) == .request)
    }

    @Test func `a stream has no end of its own, but its request's body has`() {
        var deadlines = fresh()
        deadlines.requestBegan(now: after(5))
        deadlines.streamBegan()
        #expect(deadlines.expired(now: after(35)) == .body)
        deadlines.requestEnded()
        #expect(deadlines.next == nil)
        #expect(deadlines.expired(now: after(100_000)) == nil)
    }

    @Test func `a client that closed its side is told once, after the grace`() {
        var deadlines = fresh()
        deadlines.requestBegan(now: after(1))
        deadlines.requestEnded()
        deadlines.clientClosed(now: after(2))
        deadlines.clientClosed(now: after(3))
        #expect(deadlines.expired(now: after(2)) == nil)
        #expect(deadlines.next == after(2) + .milliseconds(500))
        #expect(deadlines.expired(now: after(3)) == .disconnected)
        deadlines.disconnectionHandled()
        #expect(deadlines.expired(now: after(3)) == nil)
        #expect(deadlines.expired(now: after(31)) == .request)
    }

    @Test func `after the last response the client has a second to close`() {
        var deadlines = fresh()
        deadlines.flushingBegan(now: after(1))
        deadlines.discardingBegan(now: after(2))
        #expect(deadlines.expired(now: after(2)) == nil)
        #expect(deadlines.expired(now: after(3)) == .discard)
    }

    @Test func `a reader is stalled when nothing has left for it in time`() {
        let limit = TimeAmount.seconds(20)
        var progress = WriteProgress(now: start)
        progress.queued(100)
        progress.observe(pending: 100, now: after(5))
        #expect(!progress.isStalled(now: after(24), limit: limit))
        #expect(progress.isStalled(now: after(25), limit: limit))
        progress.observe(pending: 99, now: after(25))
        #expect(!progress.isStalled(now: after(25), limit: limit))
        progress.queued(50)
        progress.observe(pending: 149, now: after(45))
        #expect(progress.isStalled(now: after(45), limit: limit))
        progress.observe(pending: 0, now: after(46))
        #expect(!progress.isStalled(now: after(1000), limit: limit))
        progress.queued(1)
        progress.observe(pending: 1, now: after(1000))
        #expect(!progress.isStalled(now: after(1001), limit: limit))
    }
}

import Testing

@testable import PostgresClient

struct NotifyQueueTests {
    private typealias Message = NotifyQueue.Message

    private static let interval = NotifyQueue.interval

    @Test func `the first goes at once, what follows goes together when the interval is over`() {
        var queue = NotifyQueue()
        #expect(queue.nextDue == nil)
        queue.add(Message(channel: "a", payload: "1"))
        #expect(queue.takeDue(at: 1000) == [Message(channel: "a", payload: "1")])
        for payload in ["2", "3", "2", "3"] { queue.add(Message(channel: "a", payload: payload)) }
        #expect(queue.takeDue(at: 1000 + Self.interval - 1) == [])
        #expect(queue.nextDue == 1000 + Self.interval)
        #expect(
            queue.takeDue(at: 1000 + Self.interval) == [
                Message(channel: "a", payload: "2"), Message(channel: "a", payload: "3"),
            ])
        #expect(queue.nextDue == nil)
    }

    @Test func `channels don't wait for each other`() {
        var queue = NotifyQueue()
        queue.add(Message(channel: "a", payload: ""))
        _ = queue.takeDue(at: 1)
        queue.add(Message(channel: "b", payload: ""))
        #expect(queue.takeDue(at: 2) == [Message(channel: "b", payload: "")])
    }

    @Test func `of too many payloads the newest are kept`() {
        var queue = NotifyQueue()
        for number in 0..<1000 { queue.add(Message(channel: "a", payload: "\(number)")) }
        let due = queue.takeDue(at: 1)
        #expect(due.count == NotifyQueue.most)
        #expect(due.last?.payload == "999")
    }

    @Test func `names and payloads are what PostgreSQL takes`() {
        #expect(NotifyQueue.isChannel(String(repeating: "x", count: 63)))
        #expect(!NotifyQueue.isChannel(String(repeating: "x", count: 64)))
        #expect(!NotifyQueue.isChannel(""))
        #expect(!NotifyQueue.isChannel("a\0"))
        #expect(NotifyQueue.isPayload(String(repeating: "x", count: 7999)))
        #expect(!NotifyQueue.isPayload(String(repeating: "x", count: 8000)))
        #expect(!NotifyQueue.isPayload("\0"))
    }
}

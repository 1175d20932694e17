import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

/// Both guards in a channel without a socket, on a clock that is moved by hand.
struct ExchangeGuardTests {
    private final class Fixture {
        let channel = EmbeddedChannel()
        let registry = ConnectionRegistry()
        let shutdown = ShutdownState()
        let cancellations = Cancellations()

        final class Cancellations: Sendable {
            let count = Mutex(0)
        }

        init() throws {
            let settings = ConnectionSettings(registry: registry, shutdown: shutdown, requestID: { "id" })
            let connection = ConnectionGuard(
                limits: settings.limits, times: ConnectionTimes(settings.limits), registry: registry,
                now: channel.eventLoop.now,
                cancelHandler: { [cancellations] in cancellations.count.withLock { $0 += 1 } })
            let exchange = ExchangeGuard(settings: settings, connection: connection, speaksFromStart: true)
            connection.attach(exchange)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(connection)
            try pipeline.addHandler(HTTPResponseEncoder())
            try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
            try pipeline.addHandler(exchange)
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        }

        func receive(_ text: String) throws {
            try channel.writeInbound(ByteBuffer(string: text))
        }

        func pass(_ time: TimeAmount) {
            channel.embeddedEventLoop.advanceTime(by: time)
        }

        func answer(_ body: String, headers: HTTPFields = [:]) throws {
            var headers = headers
            headers[.contentLength] = "\(body.utf8.count)"
            try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok, headerFields: headers)))
            try channel.writeOutbound(HTTPResponsePart.body(ByteBuffer(string: body)))
            try channel.writeOutbound(HTTPResponsePart.end(nil))
        }

        /// What was sent to the client since the last call.
        func sent() throws -> String {
            var text = ""
            while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
            return text
        }

        /// The paths of the requests that the handler has got since the last call.
        func paths() throws -> [String] {
            var paths: [String] = []
            while let part = try channel.readInbound(as: HTTPRequestPart.self) {
                if case .head(let head) = part { paths.append(head.path ?? "") }
            }
            return paths
        }
    }

    private func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n" }

    @Test func `the handler sees one request at a time`() throws {
        let fixture = try Fixture()
        try fixture.receive(get("/1") + get("/2") + get("/3"))
        #expect(try fixture.paths() == ["/1"])
        try fixture.answer("a")
        #expect(try fixture.paths() == ["/2"])
        try fixture.answer("b")
        try fixture.receive(get("/4"))
        #expect(try fixture.paths() == ["/3"])
        try fixture.answer("c")
        #expect(try fixture.paths() == ["/4"])
        #expect(try fixture.sent().components(of: "HTTP/1.1 200 OK") == 3)
    }

    @Test func `a silent connection is closed after ten seconds`() throws {
        let fixture = try Fixture()
        fixture.pass(.seconds(9))
        #expect(fixture.channel.isActive)
        fixture.pass(.seconds(1))
        #expect(!fixture.channel.isActive)
        #expect(try fixture.sent() == "")
        #expect(fixture.registry.counts.timedOut == 1)
    }

    @Test func `a head in pieces is closed after ten seconds, with a word`() throws {
        let fixture = try Fixture()
        try fixture.receive("GET / HTTP/1.1\r\n")
        fixture.pass(.seconds(9))
        try fixture.receive("Host: a\r\n")
        fixture.pass(.seconds(1))
        #expect(try fixture.sent().hasPrefix("HTTP/1.1 408 "))
        fixture.pass(.seconds(1))
        #expect(!fixture.channel.isActive)
    }

    @Test func `a busy connection is never idle, an idle one closes after a minute`() throws {
        let fixture = try Fixture()
        for _ in 0..<20 {
            try fixture.receive(get("/"))
            try fixture.answer("a")
            fixture.pass(.seconds(55))
            #expect(fixture.channel.isActive)
        }
        fixture.pass(.seconds(5))
        #expect(!fixture.channel.isActive)
    }

    @Test func `a slow body ends after thirty seconds from its head`() throws {
        let fixture = try Fixture()
        try fixture.receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
        for _ in 0..<5 {
            fixture.pass(.seconds(5))
            try fixture.receive("a")
        }
        #expect(try fixture.sent() == "")
        #expect(fixture.cancellations.count.withLock { $0 } == 0)
        fixture.pass(.seconds(5))
        #expect(try fixture.sent().contains("\"code\":\"request_timeout\""))
        #expect(fixture.cancellations.count.withLock { $0 } > 0)
        // The handler's own answer comes too late for the client.
        #expect(throws: ChannelError.ioOnClosedChannel) { try fixture.answer("late") }
        #expect(try fixture.sent() == "")
    }

    @Test func `a handler has thirty seconds, a stream as long as it likes`() throws {
        let slow = try Fixture()
        try slow.receive(get("/"))
        slow.pass(.seconds(30))
        #expect(try slow.sent().contains("\"code\":\"deadline_exceeded\""))
        #expect(slow.cancellations.count.withLock { $0 } > 0)

        let stream = try Fixture()
        try stream.receive(get("/"))
        stream.channel.triggerUserOutboundEvent(ExchangeSignal.streams, promise: nil)
        stream.pass(.hours(1))
        try stream.answer("late")
        #expect(try stream.sent().hasSuffix("late"))
    }

    @Test func `a response that has begun is broken off at its deadline, not finished by another`() throws {
        let fixture = try Fixture()
        try fixture.receive(get("/"))
        try fixture.channel.writeOutbound(
            HTTPResponsePart.head(HTTPResponse(status: .ok, headerFields: [.contentLength: "9"])))
        _ = try fixture.sent()
        fixture.pass(.seconds(30))
        #expect(!fixture.channel.isActive)
        #expect(try fixture.sent() == "")
    }

    @Test func `quiescing closes an idle connection and lets a busy one finish`() throws {
        let idle = try Fixture()
        idle.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(!idle.channel.isActive)

        let busy = try Fixture()
        try busy.receive(get("/1") + get("/2"))
        busy.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(busy.channel.isActive)
        try busy.answer("a")
        #expect(try busy.sent().contains("\r\nConnection: close\r\n"))
        #expect(try busy.paths() == ["/1"])
        busy.pass(.seconds(1))
        #expect(!busy.channel.isActive)
    }

    @Test func `draining turns a kept connection into a closing one, even against the handler's word`() throws {
        let fixture = try Fixture()
        try fixture.receive(get("/"))
        fixture.shutdown.beginDraining()
        try fixture.answer("a", headers: [.connection: "keep-alive"])
        let sent = try fixture.sent()
        #expect(sent.contains("\r\nConnection: close\r\n"))
        #expect(!sent.contains("keep-alive"))
    }

    @Test func `closing by force asks nobody`() throws {
        let fixture = try Fixture()
        try fixture.receive(get("/"))
        fixture.channel.pipeline.fireUserInboundEventTriggered(ForcedClose())
        #expect(!fixture.channel.isActive)
        #expect(fixture.cancellations.count.withLock { $0 } > 0)
    }

    @Test func `errors that are not the parser's are passed on`() throws {
        struct Other: Error {}
        let fixture = try Fixture()
        fixture.channel.pipeline.fireErrorCaught(Other())
        #expect(throws: Other.self) { try fixture.channel.throwIfErrorCaught() }
    }
}

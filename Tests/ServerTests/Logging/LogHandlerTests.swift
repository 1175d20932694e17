import Core
import Logging
import Synchronization
import Testing

@testable import Server

struct LogHandlerTests {
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private let lines = Lines()
    private let time = TimeSource { Timestamp(seconds: 0) }

    private func handler(_ format: any LogFormat) -> ServerLogHandler {
        ServerLogHandler(label: "plinth.test", level: .info, format: format, time: time) { [lines] in lines.add($0) }
    }

    private func logger(_ handler: any LogHandler) -> Logger {
        var logger = Logger(label: "plinth.test") { _ in handler }
        logger[metadataKey: "instance"] = "one"
        return logger
    }

    @Test func `development logs a line to read`() {
        let handler = handler(DevelopmentLogFormat())
        let logger = logger(handler)
        logger.debug("not this")
        logger.warning("slow", metadata: ["ms": "\(12)", "instance": "two"])
        #expect(
            lines.all == ["\(time.now()) warning  slow [plinth.test] instance=two ms=12"])
    }

    @Test func `no text breaks a line or steers the terminal`() {
        let handler = handler(DevelopmentLogFormat())
        logger(handler).info("a\nb\u{1B}[31m", metadata: ["path": "/x\r\ny"])
        #expect(lines.all == ["\(time.now()) info     a b [31m [plinth.test] instance=one path=/x  y"])
    }

    @Test func `production logs JSON`() {
        let handler = handler(ProductionLogFormat())
        logger(handler).error(
            "say \"hi\"\n\u{1}é\\", metadata: ["list": ["a", ["b": "c"]], "count": .stringConvertible(3)])
        let expected = """
            {"time":"\(time.now())","level":"error","logger":"plinth.test","message":"say \\"hi\\"\\u000a\\u0001é\\\\",\
            "metadata":{"count":"3","instance":"one","list":["a",{"b":"c"}]}}
            """
        #expect(lines.all == [expected])
    }
}

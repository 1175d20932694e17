import Core
import Synchronization
import Testing

@testable import Integrations

struct HTTPWebhookSenderTests {
    /// The one address that counts as public here; the peers listen on it.
    private static let receiver = IPAddress.v4(0x7F00_0001)
    /// Stands for a network of ours.
    private static let inside = IPAddress.v4(0x7F00_0002)

    /// A resolver that answers as told, the last answer again and again.
    private final class Names: Sendable {
        private let state: Mutex<(answers: [[IPAddress]], asked: [String])>

        init(_ answers: [IPAddress]...) {
            state = Mutex((answers, []))
        }

        var asked: [String] { state.withLock { $0.asked } }

        var resolver: HostResolver {
            HostResolver { name in
                self.state.withLock { state in
                    state.asked.append(name)
                    return state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first ?? []
                }
            }
        }
    }

    private struct Received: Decodable {
        let path: String
        let headers: [String: String]
        let body: String
    }

    private func sender(_ names: Names, limit: Duration = .seconds(60)) -> HTTPWebhookSender {
        HTTPWebhookSender(
            resolver: names.resolver, requiresTLS: false, refuses: { $0 != Self.receiver }, limit: limit)
    }

    private func request(_ path: String, on port: Int, of host: String = "receiver.example") throws -> WebhookRequest {
        WebhookRequest(
            url: try WebhookURL(parsing: "http://\(host):\(port)\(path)", reach: .anywhere),
            headers: [.init("content-type", "application/json"), .init("webhook-id", "1")], body: Array("{}".utf8))
    }

    private func post(
        _ path: String, on port: Int, of host: String = "receiver.example", by sender: HTTPWebhookSender
    ) async throws -> WebhookOutcome {
        try await sender.send(try request(path, on: port, of: host))
    }

    /// What comes of sending to a path of a receiver, and what arrived there.
    private func send(_ path: String, limit: Duration = .seconds(60)) async throws -> (WebhookOutcome, [Received]) {
        var result: (WebhookOutcome, [Received])?
        try await Peer.run("webhook_peer.py") { peer async throws in
            let outcome = try await post(path, on: peer.port, by: sender(Names([Self.receiver]), limit: limit))
            result = (outcome, try peer.inbox())
        }
        return try #require(result)
    }

    @Test func `an event arrives as it is, under the name that was given`() async throws {
        var port = 0
        let names = Names([Self.receiver])
        try await Peer.run("webhook_peer.py") { peer async throws in
            port = peer.port
            let outcome = try await post("/ok", on: port, by: sender(names))
            #expect(outcome == .answered(status: 200, excerpt: "thanks"))
            let received = try #require(try peer.inbox(of: Received.self).first)
            #expect(received.body == "{}" && received.path == "/ok")
            #expect(received.headers["host"] == "receiver.example:\(port)")
            #expect(received.headers["content-type"] == "application/json")
            #expect(received.headers["webhook-id"] == "1")
        }
        #expect(names.asked == ["receiver.example"])
    }

    @Test(arguments: [("/error", 500, "down"), ("/gone", 410, ""), ("/moved", 302, ""), ("/moved-for-good", 308, "")])
    func `an answer is an answer, and a redirect leads nowhere`(path: String, status: Int, excerpt: String) async throws
    {
        let (outcome, received) = try await send(path)
        #expect(outcome == .answered(status: status, excerpt: excerpt))
        #expect(received.map(\.path) == [path])
    }

    @Test(arguments: ["/large", "/endless"])
    func `of an answer without end the beginning is read`(path: String) async throws {
        let (outcome, _) = try await send(path)
        guard case .answered(200, let excerpt) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(excerpt.utf8.count <= WebhookOutcome.longestExcerpt)
        #expect(excerpt.utf8.count > WebhookOutcome.longestExcerpt - 8)
    }

    @Test(arguments: ["/dropped", "/cut", "/garbage"])
    func `a connection that breaks, or speaks something else, is no answer`(path: String) async throws {
        let (outcome, received) = try await send(path)
        #expect(outcome == .unanswered(.broken))
        #expect(received.count == 1)
    }

    @Test func `whoever began to answer had the event`() async throws {
        let (outcome, _) = try await send("/half")
        #expect(outcome == .answered(status: 200, excerpt: "half"))
    }

    @Test func `silence is waited for so long and no longer`() async throws {
        let (outcome, _) = try await send("/silent", limit: .milliseconds(500))
        #expect(outcome == .unanswered(.timedOut))
    }

    @Test func `an answer that stops in the middle is one`() async throws {
        let (outcome, _) = try await send("/slow", limit: .seconds(5))
        #expect(outcome == .answered(status: 200, excerpt: "slow"))
    }

    @Test func `a name is looked up once, and one that changes its mind is refused the next time`() async throws {
        let names = Names([Self.receiver], [Self.inside])
        try await Peer.run("webhook_peer.py") { peer async throws in
            let sender = sender(names)
            #expect(
                try await post("/ok", on: peer.port, by: sender) == .answered(status: 200, excerpt: "thanks"))
            #expect(names.asked.count == 1)
            #expect(try await post("/ok", on: peer.port, by: sender) == .unanswered(.refusedAddress))
            #expect(names.asked.count == 2)
            #expect(try peer.inbox(of: Received.self).count == 1)
        }
    }

    @Test(arguments: [[receiver, inside], [inside, receiver], [inside]])
    func `one address of ours among others is enough to refuse a name`(addresses: [IPAddress]) async throws {
        try await Peer.run("webhook_peer.py") { peer async throws in
            #expect(
                try await post("/ok", on: peer.port, by: sender(Names(addresses))) == .unanswered(.refusedAddress))
            #expect(try peer.inbox(of: Received.self).isEmpty)
        }
    }

    @Test func `an address is checked without a look-up`() async throws {
        let names = Names([Self.receiver])
        try await Peer.run("webhook_peer.py") { peer async throws in
            let sender = sender(names)
            #expect(
                try await post("/ok", on: peer.port, of: "127.0.0.2", by: sender) == .unanswered(.refusedAddress))
            #expect(
                try await post("/ok", on: peer.port, of: "127.0.0.1", by: sender)
                    == .answered(status: 200, excerpt: "thanks"))
            #expect(try peer.inbox(of: Received.self).count == 1)
        }
        #expect(names.asked.isEmpty)
    }

    @Test func `what was stored in development goes nowhere in production`() async throws {
        try await Peer.run("webhook_peer.py") { peer async throws in
            for text in [
                "http://receiver.example:\(peer.port)/ok", "https://127.0.0.1:\(peer.port)/ok",
                "https://[0:0:0:0:0:0:0:1]:\(peer.port)/ok", "https://localhost:\(peer.port)/ok",
            ] {
                let request = WebhookRequest(
                    url: try #require(WebhookURL(stored: text)), headers: [], body: Array("{}".utf8))
                #expect(try await HTTPWebhookSender().send(request) == .unanswered(.refusedAddress), "\(text)")
            }
            #expect(try peer.inbox(of: Received.self).isEmpty)
        }
    }

    @Test func `a certificate that nobody vouches for gets no event`() async throws {
        try await Peer.run("webhook_peer.py", ["--tls"]) { peer async throws in
            let sender = HTTPWebhookSender(
                resolver: Names([Self.receiver]).resolver, requiresTLS: true, refuses: { $0 != Self.receiver },
                limit: .seconds(60))
            let request = WebhookRequest(
                url: try WebhookURL(parsing: "https://receiver.example:\(peer.port)/ok", reach: .publicOnly),
                headers: [], body: Array("{}".utf8))
            #expect(try await sender.send(request) == .unanswered(.insecure))
            #expect(try peer.inbox(of: Received.self).isEmpty)
        }
    }

    @Test func `nobody there and no such name are told apart`() async throws {
        #expect(
            try await post("/ok", on: 1, by: sender(Names([Self.receiver]))) == .unanswered(.notConnected))
        #expect(try await post("/ok", on: 1, by: sender(Names([]))) == .unanswered(.unresolvable))
    }

    @Test func `a look-up that never ends takes the time of the delivery and no more`() async throws {
        let resolver = HostResolver { _ in
            let (stream, _) = AsyncStream.makeStream(of: IPAddress.self)
            for await address in stream { return [address] }
            throw CancellationError()
        }
        let sender = HTTPWebhookSender(
            resolver: resolver, requiresTLS: false, refuses: { _ in false }, limit: .milliseconds(100))
        #expect(try await post("/ok", on: 1, by: sender) == .unanswered(.timedOut))
    }

    @Test func `whoever is cancelled says so`() async throws {
        try await Peer.run("webhook_peer.py") { peer async throws in
            let task = Task { try await post("/silent", on: peer.port, by: sender(Names([Self.receiver]))) }
            while try peer.inbox(of: Received.self).isEmpty { await Task.yield() }
            task.cancel()
            await #expect(throws: CancellationError.self) { _ = try await task.value }
        }
    }

    @Test func `the system's resolver knows this machine`() async throws {
        let found = try await HostResolver.system.addresses(of: "localhost")
        #expect(found.allSatisfy { PublicAddress.refusal(of: $0)?.contains("loopback") == true })
        #expect(try await HostResolver.system.addresses(of: "192.0.2.1") == [.v4(0xC000_0201)])
    }
}

import Core
import Fakes
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOEmbedded
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

/// The whole pipeline and every route over the in-memory database, without a socket.
struct TestAPI {
    static let origin = TestInstallation.origin
    static let password = "correct horse battery"

    let installation: TestInstallation
    private let responder: RequestPipeline

    var database: InMemoryDatabase { installation.database }
    var time: ManualTime { installation.time }

    init(_ installation: TestInstallation) throws {
        self.installation = installation
        responder = try RouteTable(
            settings: installation.settings, services: installation.services, shutdown: installation.shutdown,
            logger: TestInstallation.silent
        ).pipeline
    }

    static func run(
        requiresVerifiedEmail: Bool = false, isProduction: Bool = false, requestsPerMinute: Int = 100_000,
        origins: [String] = [], readiness: [ReadinessCheck] = [], mailReports: (any MailReports)? = nil,
        configure: (inout HTTPSettings) -> Void = { _ in },
        _ body: (TestAPI) async throws -> Void
    ) async throws {
        let installation = try await TestInstallation(readiness: readiness, mailReports: mailReports) { settings in
            settings.requiresVerifiedEmail = requiresVerifiedEmail
            settings.isProduction = isProduction
            settings.requestsPerMinute = requestsPerMinute
            settings.allowedOrigins = origins
            configure(&settings)
        }
        try await body(TestAPI(installation))
    }

    /// Sends a request; a body is sent as JSON unless the headers say otherwise.
    /// - Parameters:
    ///   - peer: The address that the connection comes from; nil for none, as over a unix socket.
    ///   - host: What the request names as its host.
    ///   - isChunked: Whether the body comes in pieces and without its length.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, headers: HTTPFields = [:],
        peer: String? = "127.0.0.1", host: String = "localhost:8080", isChunked: Bool = false
    ) async throws -> TestAnswer {
        try await Self.send(
            method, path, json, headers: headers, peer: peer, host: host, isChunked: isChunked, to: responder)
    }

    static func send(
        _ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, headers: HTTPFields = [:],
        peer: String? = "127.0.0.1", host: String = "localhost:8080", isChunked: Bool = false,
        to responder: RequestPipeline
    ) async throws -> TestAnswer {
        var headers = headers
        if json != nil, !headers.contains(.contentType) { headers[.contentType] = "application/json" }
        let bytes = ByteBuffer(string: json ?? "")
        if isChunked {
            headers[.transferEncoding] = "chunked"
        } else if json != nil, !headers.contains(.contentLength) {
            headers[.contentLength] = String(bytes.readableBytes)
        }
        let channel = NIOAsyncTestingChannel()
        channel.remoteAddress = try peer.map { try SocketAddress(ipAddress: $0, port: 40_000) }
        let context = ConnectionContext(source: .init(channel: channel, logger: TestInstallation.silent))
        let head = HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: headers)
        let request = Request(head: head, body: isChunked ? pieces(of: bytes) : RequestBody(buffer: bytes))
        let answer = try await TestAnswer(try await responder.respond(to: request, context: context))
        _ = try await channel.finish(acceptAlreadyClosed: true)
        return answer
    }

    private static func pieces(of bytes: ByteBuffer) -> RequestBody {
        RequestBody(
            asyncSequence: AsyncStream { continuation in
                for piece in bytes.readableBytesView.chunks(of: 1000) { continuation.yield(ByteBuffer(bytes: piece)) }
                continuation.finish()
            })
    }

    /// Opens an account, where verification is off, and returns its tokens.
    func register(_ email: String = "ada@example.com") async throws -> (access: String, refresh: String) {
        let answer = try await send(.post, "/api/v1/auth/register", Self.registration(email))
        return (try #require(answer["access_token"] as? String), try #require(answer["refresh_token"] as? String))
    }

    func login(_ email: String = "ada@example.com") async throws -> (access: String, refresh: String) {
        let answer = try await send(.post, "/api/v1/auth/login", Self.credentials(email))
        return (try #require(answer["access_token"] as? String), try #require(answer["refresh_token"] as? String))
    }

    func me(_ token: String, headers: HTTPFields = [:]) async throws -> TestAnswer {
        try await send(.get, "/api/v1/users/me", headers: headers.merging(Self.bearer(token)))
    }

    func refresh(_ token: String) async throws -> TestAnswer {
        try await send(.post, "/api/v1/auth/refresh", #"{"refresh_token":"\#(token)"}"#)
    }

    /// Moves the clock on.
    func pass(seconds: Int) {
        time.advance(by: .seconds(seconds))
    }

    /// The links in the mails that wait, newest mail first.
    func links() async throws -> [String] {
        try await mails().flatMap { $0["links"] as? [String] ?? [] }
    }

    /// The mails that wait, as the outbox shows them, newest first.
    func mails() async throws -> [[String: Any]] {
        try await send(.get, "/dev/outbox").data
    }

    /// The token in the newest mail's link.
    func mailedToken() async throws -> String {
        let link = try #require(try await links().first)
        return String(try #require(link.split(separator: "token=").last))
    }

    /// Changes the stored account.
    func change(_ email: String = "ada@example.com", _ change: (inout User) -> Void) async throws {
        let users = database.scoped(.system).users
        var user = try #require(try await users.find(emailKey: email))
        change(&user)
        _ = try await users.update(user)
    }

    static func registration(_ email: String = "ada@example.com", password: String = password) -> String {
        #"{"email":"\#(email)","password":"\#(password)","first_name":"Ada","last_name":"Lovelace"}"#
    }

    static func credentials(_ email: String = "ada@example.com", password: String = password) -> String {
        #"{"email":"\#(email)","password":"\#(password)"}"#
    }

    static func bearer(_ token: String) -> HTTPFields { [.authorization: "Bearer \(token)"] }
}

extension ByteBufferView {
    fileprivate func chunks(of size: Int) -> [Slice<ByteBufferView>] {
        stride(from: startIndex, to: endIndex, by: size).map { start in
            Slice(base: self, bounds: start..<Swift.min(start + size, endIndex))
        }
    }
}

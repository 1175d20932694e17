import Core
import Fakes
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth
@testable import HTTPServer

/// The whole middleware stack and every route over the in-memory database, without a socket.
struct TestAPI {
    static let origin = "http://localhost:8080"
    static let password = "correct horse battery"

    private let time: ManualTime
    private let outbox: Outbox
    private let client: any TestClientProtocol

    static func run(
        requiresVerifiedEmail: Bool = false, isProduction: Bool = false, requestsPerMinute: Int = 100_000,
        origins: [String] = [], readiness: [ReadinessCheck] = [],
        _ body: @escaping @Sendable (TestAPI) async throws -> Void
    ) async throws {
        let database = InMemoryDatabase()
        let (time, keyValues) = (ManualTime(), InMemoryKeyValueStore())
        let keys = try MasterKeys(hexadecimal: [HexDigits.encode(Randomness.seeded(1).bytes(32))])
        let ring = SigningKeyRing(database: database, masterKeys: keys, time: time.source)
        try await ring.reload()
        let configuration = AuthConfiguration(baseURL: origin, requiresVerifiedEmail: requiresVerifiedEmail)
        let cheap = PasswordHasher.Parameters(memoryKiB: 19 * 1024, iterations: 2, parallelism: 1)
        let accounts = Accounts(
            database: database, throttle: Throttle(store: keyValues, time: time.source),
            passwords: Passwords(parameters: cheap, pool: HashingPool(), randomness: .system),
            passwordPolicy: PasswordPolicy(), keys: keys,
            issuer: AccessTokenIssuer(issuer: origin, audience: "test", ring: ring, randomness: .system),
            configuration: configuration, time: time.source)
        let outbox = Outbox(
            database: database, renderer: AccountMailRenderer(keys: keys, configuration: configuration))
        let services = HTTPServices(
            accounts: accounts,
            verifier: AccessTokenVerifier(issuer: origin, audience: "test", ring: ring, cache: VerifiedTokenCache()),
            keys: ring, limiter: RequestLimiter(store: keyValues, time: time.source),
            outbox: outbox, readiness: readiness, time: time.source)
        let routes = try RouteTable(
            settings: HTTPSettings(
                host: "127.0.0.1", port: 0, baseURL: origin, isProduction: isProduction, allowedOrigins: origins,
                requestsPerMinute: requestsPerMinute, requiresVerifiedEmail: requiresVerifiedEmail),
            services: services, shutdown: ShutdownState(), logger: silent)
        try await Application(responder: routes.router.buildResponder(), logger: silent).test(.router) { client in
            try await body(TestAPI(time: time, outbox: outbox, client: client))
        }
    }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private struct Outbox: OutboxReader {
        let database: InMemoryDatabase
        let renderer: AccountMailRenderer

        func newest(to recipient: EmailAddress?, limit: Int) async throws -> [RenderedMail] {
            let jobs = try await database.scoped(.system).jobs.list(
                name: AccountMail.jobName, page: PageRequest(limit: limit))
            return try jobs.items.map(renderer.render).filter { recipient == nil || $0.to == recipient?.text }
        }
    }

    /// Moves the clock on.
    func pass(seconds: Int) {
        time.advance(by: .seconds(seconds))
    }

    /// The links of all mails, newest mail first.
    func links() async throws -> [String] {
        try await outbox.newest(to: nil, limit: 100).flatMap(\.links)
    }

    /// Sends a request; a body is sent as JSON.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        var headers = headers
        if json != nil, !headers.contains(.contentType) { headers[.contentType] = "application/json" }
        let body = json.map { ByteBuffer(string: $0) }
        return try await client.execute(uri: path, method: method, headers: headers, body: body) { response in
            TestAnswer(
                status: response.status.code, headers: response.headers, body: Array(response.body.readableBytesView))
        }
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

    static func registration(_ email: String = "ada@example.com") -> String {
        #"{"email":"\#(email)","password":"\#(password)","first_name":"Ada","last_name":"Lovelace"}"#
    }

    static func credentials(_ email: String = "ada@example.com", password: String = password) -> String {
        #"{"email":"\#(email)","password":"\#(password)"}"#
    }

    static func bearer(_ token: String) -> HTTPFields { [.authorization: "Bearer \(token)"] }
}

/// What came back.
struct TestAnswer {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }
    /// The stable code of a problem.
    var code: String? { json["code"] as? String }
    var pointers: [String] {
        (json["errors"] as? [[String: Any]] ?? []).compactMap { $0["pointer"] as? String }
    }
    /// The values of the cookies set, by name.
    var cookies: [String: String] {
        var cookies: [String: String] = [:]
        for header in headers[values: .setCookie] {
            let pair = header.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        return cookies
    }

    subscript(name: String) -> Any? { json[name] }
}

extension HTTPFields {
    func merging(_ other: HTTPFields) -> HTTPFields {
        var fields = self
        fields.append(contentsOf: other)
        return fields
    }
}

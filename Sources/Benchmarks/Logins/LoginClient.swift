import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// What came of one sign-in.
struct LoginAnswer: Sendable {
    enum Kind: Sendable, Hashable {
        case signedIn
        /// 503 with `Retry-After`.
        case refused
        /// Another answer, or none.
        case other(String)
    }

    let kind: Kind
    /// When it was to be sent, which may be before it was.
    let due: ContinuousClock.Instant
    /// When the last byte of the answer was here.
    let answered: ContinuousClock.Instant
}

/// Signs in over HTTP, each account from a device of its own, which is known from the second time on.
struct LoginClient: Sendable {
    private static let deviceCookie = "plinth_device="
    /// With a connection open for each request that waits. The server takes 128 of one address, wrk has 64 of them.
    private static let mostConnections = 60
    private static let longestWait = TimeAmount.seconds(30)
    private static let largestAnswer = 64 * 1024  // bytes

    private let client: HTTPClient
    private let url: String
    private let accounts: Int
    private let password: String
    /// By account, as they are sent back.
    private let devices = DeviceCookies()

    init(url: String, accounts: Int, password: String) {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.mostConnections
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        self.url = url
        self.accounts = accounts
        self.password = password
    }

    func shutdown() async {
        try? await client.shutdown()
    }

    /// The accounts take turns: `number` says whose it is.
    func signIn(_ number: Int, due: ContinuousClock.Instant) async -> LoginAnswer {
        let kind: LoginAnswer.Kind
        do {
            let account = number % accounts + 1
            kind = try await perform(request(as: account), as: account)
        } catch {
            kind = .other("\(error)")
        }
        return LoginAnswer(kind: kind, due: due, answered: .now)
    }

    private func request(as account: Int) throws -> HTTPClientRequest {
        let body = try JSONEncoder().encode(["email": "login-\(account)@example.com", "password": password])
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        // Tries are limited by address too. These are for measurements (RFC 2544).
        request.headers.add(name: "X-Forwarded-For", value: "198.18.0.\(account)")
        if let device = devices[account] { request.headers.add(name: "Cookie", value: device) }
        request.body = .bytes(Array(body))
        return request
    }

    private func perform(_ request: HTTPClientRequest, as account: Int) async throws -> LoginAnswer.Kind {
        let response = try await client.execute(request, timeout: Self.longestWait)
        let cookie = response.headers["Set-Cookie"].first { $0.hasPrefix(Self.deviceCookie) }
        if let cookie { devices[account] = String(cookie.prefix { $0 != ";" }) }
        _ = try await response.body.collect(upTo: Self.largestAnswer)
        let retryAfter = response.headers.first(name: "Retry-After").flatMap { Int($0) }
        switch (response.status.code, retryAfter) {
        case (200, _): return .signedIn
        case (503, .some): return .refused
        default: return .other("status \(response.status.code)")
        }
    }
}

/// What devices are known by.
private final class DeviceCookies: Sendable {
    private let cookies = Mutex<[Int: String]>([:])

    subscript(account: Int) -> String? {
        get { cookies.withLock { $0[account] } }
        set { cookies.withLock { $0[account] = newValue } }
    }
}

import AsyncHTTPClient
public import Core
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Posts events to addresses that teams chose, without letting them choose one of ours (server-side request forgery).
///
/// The name is looked up once, every address found is checked, and the connection goes to one that was: a second look-up, which
/// could say something else, never happens. Certificate and `Host` stay those of the name. Redirects are not followed, proxies
/// not asked.
public struct HTTPWebhookSender: WebhookSender {
    /// To a connection.
    private static let connectLimit = TimeAmount.seconds(3)
    /// From the look-up to the last byte that is read of the answer.
    private static let sendLimit = Duration.seconds(10)

    private let resolver: HostResolver
    private let requiresTLS: Bool
    private let refuses: @Sendable (IPAddress) -> Bool
    private let limit: Duration

    public init(reach: WebhookURL.Reach = .publicOnly) {
        self.init(
            resolver: .system, requiresTLS: reach == .publicOnly,
            refuses: { reach == .publicOnly && PublicAddress.refusal(of: $0) != nil })
    }

    init(
        resolver: HostResolver, requiresTLS: Bool, refuses: @escaping @Sendable (IPAddress) -> Bool,
        limit: Duration = sendLimit
    ) {
        self.resolver = resolver
        self.requiresTLS = requiresTLS
        self.refuses = refuses
        self.limit = limit
    }

    public func send(_ request: WebhookRequest) async throws -> WebhookOutcome {
        let (answer, limit) = (PartialAnswer(), limit)
        let failure = try await withThrowingTaskGroup(of: WebhookFailure?.self) { group in
            group.addTask {
                do {
                    try await post(request, into: answer)
                    return nil
                } catch {
                    try Task.checkCancellation()
                    return WebhookFailure(error)
                }
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return .timedOut
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        // Whoever began to answer had the event, however the rest of the answer went.
        if let outcome = answer.outcome { return outcome }
        return .unanswered(failure ?? .broken)
    }

    private func post(_ request: WebhookRequest, into answer: PartialAnswer) async throws {
        guard request.url.isSecure || !requiresTLS else { throw WebhookFailure.refusedAddress }
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: try await configuration(for: request.url.host))
        do {
            try await post(request, into: answer, client)
        } catch {
            try? await client.shutdown()
            throw error
        }
        try? await client.shutdown()
    }

    /// A client that connects to a checked address of the host, and to nothing else.
    private func configuration(for host: WebhookURL.Host) async throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = Self.connectLimit
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        switch host {
        case .address(let address):
            guard !refuses(address) else { throw WebhookFailure.refusedAddress }
        case .name(let name):
            let addresses = try await resolver.addresses(of: name)
            // One that is refused among others is as suspicious as alone.
            guard let first = addresses.first, !addresses.contains(where: refuses) else {
                throw WebhookFailure.refusedAddress
            }
            configuration.dnsOverride = [name: first.description]
        }
        return configuration
    }

    private func post(_ request: WebhookRequest, into answer: PartialAnswer, _ client: HTTPClient) async throws {
        var call = HTTPClientRequest(url: request.url.text)
        call.method = .POST
        call.headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        call.body = .bytes(request.body)
        let response = try await client.execute(call, deadline: .distantFuture)
        answer.begin(status: Int(response.status.code))
        for try await part in response.body where answer.append(part.readableBytesView) { break }
    }
}

/// What has come of an answer so far.
private final class PartialAnswer: Sendable {
    private let state = Mutex<(status: Int?, body: [UInt8])>((nil, []))

    func begin(status: Int) {
        state.withLock { $0.status = status }
    }

    /// - Returns: Whether that is enough.
    func append(_ part: some Sequence<UInt8>) -> Bool {
        state.withLock { state in
            state.body.append(contentsOf: part.prefix(WebhookOutcome.longestExcerpt - state.body.count))
            return state.body.count >= WebhookOutcome.longestExcerpt
        }
    }

    var outcome: WebhookOutcome? {
        let (status, body) = state.withLock { $0 }
        return status.map { .answered(status: $0, body: body) }
    }
}

extension WebhookFailure {
    /// By which way it failed, without what an error says of itself.
    fileprivate init(_ error: any Error) {
        switch error {
        case let failure as WebhookFailure: self = failure
        case is HostResolver.Unresolved: self = .unresolvable
        case is NIOConnectionError, ChannelError.connectTimeout: self = .notConnected
        case let error as HTTPClientError where error == .connectTimeout: self = .notConnected
        case let error as IOError where Self.isAboutConnecting(error.errnoCode): self = .notConnected
        case let error as HTTPClientError where error == .tlsHandshakeTimeout: self = .insecure
        // The errors of the TLS library, which nothing here imports.
        case _ where String(reflecting: type(of: error)).hasPrefix("NIOSSL."): self = .insecure
        default: self = .broken
        }
    }

    private static func isAboutConnecting(_ code: CInt) -> Bool {
        [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, EADDRNOTAVAIL, EHOSTDOWN, ENETDOWN].contains(code)
    }
}

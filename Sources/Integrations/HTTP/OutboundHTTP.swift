import AsyncHTTPClient
import Core
import NIOCore
import NIOHTTP1

/// Calls other services over HTTP: within time, with answers of a size, and without following redirects.
public final class OutboundHTTP: Sendable {
    /// To a connection.
    private static let connectLimit = TimeAmount.seconds(3)
    /// To the last byte of the answer.
    private static let requestLimit = Duration.seconds(10)
    private static let largestAnswer = 1024 * 1024  // bytes

    struct Answer: Sendable {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: [UInt8]

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    /// No answer came, or none that can be used. Whether the request had its effect is not known.
    struct NoAnswer: Error, CustomStringConvertible {
        let description: String
        /// Whether there was one, of more bytes than are read.
        var isTooLarge = false
    }

    private let client: HTTPClient
    private let limit: Duration

    public convenience init() {
        self.init(limit: Self.requestLimit)
    }

    /// - Parameter limit: To the last byte of the answer.
    init(limit: Duration) {
        self.limit = limit
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = Self.connectLimit
        // Another try is the caller's affair: a POST may have had its effect.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes the connections. To be called before the last reference goes.
    public func shutdown() async {
        try? await client.shutdown()
    }

    /// - Throws: ``NoAnswer``; `CancellationError`.
    func get(_ url: String, headers: [(String, String)]) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.headers = HTTPHeaders(headers)
        return try await perform(request)
    }

    /// - Throws: ``NoAnswer``; `CancellationError`.
    func post(_ url: String, headers: [(String, String)], body: [UInt8]) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = HTTPHeaders(headers)
        request.body = .bytes(body)
        return try await perform(request)
    }

    /// - Parameters:
    ///   - limit: To the last byte of the answer; the usual one where that is less.
    ///   - largestAnswer: In bytes.
    /// - Throws: ``NoAnswer``; `CancellationError`.
    func send(
        _ method: String, _ url: String, headers: [(String, String)], body: [UInt8], within limit: Duration,
        largestAnswer: Int
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        request.headers = HTTPHeaders(headers)
        if !body.isEmpty { request.body = .bytes(body) }
        return try await perform(request, within: min(limit, self.limit), largestAnswer: largestAnswer)
    }

    private func perform(_ request: HTTPClientRequest) async throws -> Answer {
        try await perform(request, within: limit, largestAnswer: Self.largestAnswer)
    }

    private func perform(
        _ request: HTTPClientRequest, within limit: Duration, largestAnswer: Int
    ) async throws -> Answer {
        let (client, sent) = (client, request)
        return try await withThrowingTaskGroup(of: Answer?.self) { group in
            group.addTask {
                do {
                    return try await Self.perform(sent, client, largestAnswer: largestAnswer)
                } catch is NIOTooManyBytesError {
                    throw NoAnswer(description: "an answer of more than \(largestAnswer) bytes", isTooLarge: true)
                } catch {
                    try Task.checkCancellation()
                    // What an error says of itself may hold what was sent, the key included.
                    let reason = (error as? HTTPClientError)?.shortDescription ?? "\(type(of: error))"
                    throw NoAnswer(description: "no answer: \(reason)")
                }
            }
            // The client's own deadline would end with the head of the answer.
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() ?? nil else {
                throw NoAnswer(description: "no answer within \(limit)")
            }
            return answer
        }
    }

    private static func perform(
        _ request: HTTPClientRequest, _ client: HTTPClient, largestAnswer: Int
    ) async throws -> Answer {
        let response = try await client.execute(request, deadline: .distantFuture)
        let body = try await response.body.collect(upTo: largestAnswer)
        return Answer(
            status: Int(response.status.code), headers: response.headers.map { (name: $0.name, value: $0.value) },
            body: Array(body.readableBytesView))
    }
}

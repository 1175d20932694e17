/// Brings a signed event to a receiver, once.
public protocol WebhookSender: Sendable {
    /// Sends `request` without following redirects, to nobody that its rules refuse, within a time and without reading more of
    /// the answer than it keeps.
    /// - Throws: `CancellationError` only: whatever else happens is an outcome.
    func send(_ request: WebhookRequest) async throws -> WebhookOutcome
}

/// What is posted.
public struct WebhookRequest: Sendable, Equatable {
    public let url: WebhookURL
    public let headers: [Header]
    public let body: [UInt8]

    public struct Header: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(url: WebhookURL, headers: [Header], body: [UInt8]) {
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What came of sending.
public enum WebhookOutcome: Sendable, Equatable {
    /// - Parameter excerpt: The beginning of the answer's body, as text.
    case answered(status: Int, excerpt: String)
    case unanswered(WebhookFailure)

    /// Of an excerpt, in bytes.
    public static let longestExcerpt = 4096

    /// An answer of which `body` came first.
    public static func answered(status: Int, body: some Sequence<UInt8>) -> WebhookOutcome {
        // A cut may go through a character, and PostgreSQL keeps no NUL in a text.
        let text = String(decoding: Array(body.prefix(longestExcerpt - 3)), as: UTF8.self)
        return .answered(status: status, excerpt: cut(text.filter { $0 != "\0" }))
    }

    /// Whether the receiver took it: any 2xx.
    public var isSuccess: Bool {
        if case .answered(200..<300, _) = self { true } else { false }
    }

    /// Whether the receiver says that it wants no more: 410, as Standard Webhooks has it.
    public var isGone: Bool {
        if case .answered(410, _) = self { true } else { false }
    }

    /// Replacement characters are longer than what they replace.
    private static func cut(_ text: String) -> String {
        var text = text
        while text.utf8.count > longestExcerpt { text.removeLast(max(1, (text.utf8.count - longestExcerpt) / 4)) }
        return text
    }
}

/// Why there was no answer, in words that say nothing about the networks on this side. The raw values are part of stored rows.
public enum WebhookFailure: String, Error, Sendable, Codable, CaseIterable {
    /// The name leads nowhere.
    case unresolvable
    /// The name, or one of its addresses, is none that is called.
    case refusedAddress = "refused_address"
    case notConnected = "not_connected"
    /// No certificate for the name that anybody vouches for, or no common protocol.
    case insecure
    case timedOut = "timed_out"
    /// The connection ended, or what came was no HTTP.
    case broken
}

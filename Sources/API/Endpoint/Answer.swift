/// What an endpoint answers when it succeeds: a status, and mostly a body.
public protocol Answer: Sendable {
    /// Every form that the answer may take.
    static func forms() throws -> [AnswerForm]

    var status: Int { get }
    /// Where the thing that was made is found, for the `Location` header.
    var location: String? { get }
    /// What the body is.
    var mediaType: String { get }
    /// The body as it is sent; nil for none.
    /// - Throws: What the body's own encoding throws; ours don't.
    func encodedBody() throws -> [UInt8]?
}

extension Answer {
    public var location: String? { nil }
    public var mediaType: String { AnswerForm.json }
}

/// One form of an ``Answer``, for the description.
public struct AnswerForm: Sendable {
    public let status: Int
    public let summary: String
    /// Of the body; nil for none.
    public let schema: Schema?
    /// What the body is.
    public let mediaType: String

    /// What answers are unless they say otherwise.
    public static let json = "application/json"

    public init(status: Int, summary: String, schema: Schema?, mediaType: String = json) {
        self.status = status
        self.summary = summary
        self.schema = schema
        self.mediaType = mediaType
    }
}

/// A status as a type, so that an endpoint's type says what it answers.
public protocol AnswerStatus: Sendable {
    static var code: Int { get }
    static var summary: String { get }
}

/// A body of JSON under a fixed status.
public struct JSONAnswer<Status: AnswerStatus, Body: Codable & Sendable>: Answer {
    public let body: Body
    public let location: String?

    public init(_ body: Body, location: String? = nil) {
        self.body = body
        self.location = location
    }

    public static func forms() throws -> [AnswerForm] {
        [AnswerForm(status: Status.code, summary: Status.summary, schema: try Schema(recording: Body.self))]
    }

    public var status: Int { Status.code }
    public func encodedBody() throws -> [UInt8]? { try JSONWriter.encode(body) }
}

public typealias OK<Body: Codable & Sendable> = JSONAnswer<Status200, Body>
public typealias Created<Body: Codable & Sendable> = JSONAnswer<Status201, Body>
public typealias Accepted<Body: Codable & Sendable> = JSONAnswer<Status202, Body>
/// 503 with the body that 200 would have, for health checks.
public typealias Unavailable<Body: Codable & Sendable> = JSONAnswer<Status503, Body>

public enum Status200: AnswerStatus {
    public static let code = 200
    public static let summary = "Done."
}

public enum Status201: AnswerStatus {
    public static let code = 201
    public static let summary = "Made."
}

public enum Status202: AnswerStatus {
    public static let code = 202
    public static let summary = "Accepted; the answer tells no more on purpose, or the work goes on."
}

public enum Status503: AnswerStatus {
    public static let code = 503
    public static let summary = "Not ready; the body says why."
}

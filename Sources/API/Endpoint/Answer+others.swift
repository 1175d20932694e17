/// 204: done, and there is nothing to say.
public struct NoContent: Answer {
    public init() {}

    public static func forms() -> [AnswerForm] {
        [AnswerForm(status: 204, summary: "Done.", schema: nil)]
    }

    public var status: Int { 204 }
    public func encodedBody() -> [UInt8]? { nil }
}

/// 200 with JSON that was encoded before, for bodies that are the same for everybody.
public struct EncodedJSON: Answer {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    public static func forms() -> [AnswerForm] {
        [AnswerForm(status: 200, summary: "Done.", schema: .any)]
    }

    public var status: Int { 200 }
    public func encodedBody() -> [UInt8]? { bytes }
}

/// 200 with a page for people.
public struct HTMLPage: Answer {
    private static let type = "text/html; charset=utf-8"

    public let html: String

    public init(_ html: String) {
        self.html = html
    }

    public static func forms() -> [AnswerForm] {
        [AnswerForm(status: 200, summary: "The page.", schema: .any, mediaType: type)]
    }

    public var status: Int { 200 }
    public var mediaType: String { Self.type }
    public func encodedBody() -> [UInt8]? { Array(html.utf8) }
}

/// Bytes that somebody stored, or a range of them; the server streams them.
public struct FileContent: Answer {
    /// Whether it is a range.
    public let isPartial: Bool
    public let mediaType: String

    public init(mediaType: String, isPartial: Bool) {
        self.mediaType = mediaType
        self.isPartial = isPartial
    }

    public static func forms() -> [AnswerForm] {
        [
            AnswerForm(status: 200, summary: "All of it.", schema: .any, mediaType: "*/*"),
            AnswerForm(status: 206, summary: "The range.", schema: .any, mediaType: "*/*"),
        ]
    }

    public var status: Int { isPartial ? 206 : 200 }
    public func encodedBody() -> [UInt8]? { nil }
}

/// 304: the caller has it already.
public struct NotModified: Answer {
    public init() {}

    public static func forms() -> [AnswerForm] {
        [AnswerForm(status: 304, summary: "Not changed since If-None-Match.", schema: nil)]
    }

    public var status: Int { 304 }
    public func encodedBody() -> [UInt8]? { nil }
}

/// 200 with server-sent events (HTML standard, section 9.2), which the server sends as they come.
public struct EventStream: Answer {
    private static let type = "text/event-stream"

    public init() {}

    public static func forms() -> [AnswerForm] {
        [AnswerForm(status: 200, summary: "Events.", schema: .any, mediaType: type)]
    }

    public var status: Int { 200 }
    public var mediaType: String { Self.type }
    public func encodedBody() -> [UInt8]? { nil }
}

/// 200 with text for people.
public struct PlainText: Answer {
    private static let type = "text/plain; charset=utf-8"

    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    public static func forms() -> [AnswerForm] {
        [AnswerForm(status: 200, summary: "The text.", schema: .any, mediaType: type)]
    }

    public var status: Int { 200 }
    public var mediaType: String { Self.type }
    public func encodedBody() -> [UInt8]? { Array(text.utf8) }
}

/// 302: the browser goes on elsewhere.
public struct Found: Answer {
    public let location: String?

    /// - Parameter location: An address, or a path of ours.
    public init(_ location: String) {
        self.location = location
    }

    public static func forms() -> [AnswerForm] {
        [AnswerForm(status: 302, summary: "Go there.", schema: nil)]
    }

    public var status: Int { 302 }
    public func encodedBody() -> [UInt8]? { nil }
}

/// One of two answers; nests for more.
public enum Either<First: Answer, Second: Answer>: Answer {
    case first(First)
    case second(Second)

    public static func forms() throws -> [AnswerForm] { try First.forms() + Second.forms() }

    private var chosen: any Answer {
        switch self {
        case .first(let answer): answer
        case .second(let answer): answer
        }
    }

    public var status: Int { chosen.status }
    public var location: String? { chosen.location }
    public var mediaType: String { chosen.mediaType }
    public func encodedBody() throws -> [UInt8]? { try chosen.encodedBody() }
}

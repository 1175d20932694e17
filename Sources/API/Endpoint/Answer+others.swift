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
    public func encodedBody() throws -> [UInt8]? { try chosen.encodedBody() }
}

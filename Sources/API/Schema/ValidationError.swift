public import Core

/// One thing that is wrong with what a caller sent.
public struct ValidationError: Error, Sendable, Equatable {
    /// Where: a JSON pointer into the body (RFC 6901), or `/name` of a query parameter.
    public let pointer: String
    public let reason: Reason

    public init(pointer: String, _ reason: Reason) {
        self.pointer = pointer
        self.reason = reason
    }

    /// Stable; callers switch over it.
    public var code: String { reason.code }

    /// What to do about it.
    public func detail(in language: Language) -> String {
        reason.instruction[language]
    }

    public enum Reason: Sendable, Equatable {
        case required
        case wrongType(expected: JSONType)
        case tooShort(minimum: Int)
        case tooLong(maximum: Int)
        case tooFew(minimum: Int)
        case tooMany(maximum: Int)
        case outOfRange(ClosedRange<Int64>)
        case invalid(TextFormat)
        case invalidCharacters
        case notAllowed([String])
        case repeated
        /// Another one excludes it.
        case notTogether
        case passwordRejected(PasswordRejection)
    }

    /// Why a password that is long enough to be one at all is refused.
    public enum PasswordRejection: Sendable, Equatable {
        case tooShort(minimum: Int)
        case tooLong(maximum: Int)
        /// It is on the list of passwords that attackers try first.
        case tooCommon
        /// It is made of the person's address or name, or the product's name.
        case tooEasyToGuess
    }
}

/// The types of JSON, as a message names them.
public enum JSONType: Sendable, Equatable {
    case text
    case integer
    case number
    case boolean
    case list
    case object
}

/// A JSON pointer (RFC 6901).
public enum JSONPointer {
    public static func make(_ steps: some Sequence<String>) -> String {
        steps.reduce(into: "") { pointer, step in
            pointer += "/"
            for character in step.unicodeScalars {
                switch character {
                case "~": pointer += "~0"
                case "/": pointer += "~1"
                default: pointer.unicodeScalars.append(character)
                }
            }
        }
    }
}

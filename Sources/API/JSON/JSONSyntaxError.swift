/// Why bytes are no JSON text, and where.
public struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
    public enum Reason: String, Sendable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "this byte can't stand here"
        case badNumber = "this is not a number"
        case badEscape = "this escape does not exist"
        case loneSurrogate = "half of a surrogate pair stands alone"
        case controlCharacter = "a control character must be escaped"
        case notUTF8 = "the text is not UTF-8"
        case duplicateName = "an object has this name already"
        case tooDeep = "arrays and objects are nested too deeply"
        case trailingBytes = "something follows the value"
    }

    public let reason: Reason
    /// Bytes before the place.
    public let offset: Int

    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    public var description: String { "\(reason.rawValue) (byte \(offset))" }
}

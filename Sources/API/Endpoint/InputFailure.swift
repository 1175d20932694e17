/// Why a request could not be read.
public enum InputFailure: Error, Equatable {
    /// The body is no JSON.
    case malformed(JSONSyntaxError)
    /// Fields are wrong: all of them are listed.
    case invalid([ValidationError])
    /// The path names nothing that could exist.
    case notFound

    /// How it is answered.
    public var problemCode: ProblemCode {
        switch self {
        case .malformed: .malformedRequest
        case .notFound: .notFound
        case .invalid(let errors):
            errors.contains { $0.pointer == "/cursor" && $0.reason != .repeated } ? .invalidCursor : .validationFailed
        }
    }

    /// The fields to correct.
    public var errors: [ValidationError] {
        if case .invalid(let errors) = self { errors } else { [] }
    }
}

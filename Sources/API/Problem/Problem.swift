public import Core

/// The body of every answer that tells of a failure, `application/problem+json` (RFC 9457).
public struct Problem: Codable, Sendable, Equatable {
    public static let mediaType = "application/problem+json"

    /// One field that has to be corrected.
    public struct FieldError: Codable, Sendable, Equatable {
        /// Where in the body (RFC 6901), or `/name` of a query parameter.
        public let pointer: String
        public let code: String
        public let detail: String

        public init(_ error: ValidationError, language: Language) {
            pointer = error.pointer
            code = error.code
            detail = error.detail(in: language)
        }
    }

    public let type: String
    public let title: String
    public let status: Int
    public let detail: String
    /// Names this one occurrence; made from the request's id, since a path may hold a token.
    public let instance: String
    public let code: String
    public let requestID: String
    public let errors: [FieldError]

    /// Everything in it is made here, so nothing internal gets out.
    public init(_ code: ProblemCode, errors: [ValidationError] = [], requestID: String, language: Language) {
        type = code.type
        title = code.title(in: language)
        status = code.status
        detail = code.detail(in: language)
        instance = "urn:plinth:request:\(requestID)"
        self.code = code.rawValue
        self.requestID = requestID
        self.errors = errors.map { FieldError($0, language: language) }
    }

    private enum CodingKeys: String, CodingKey {
        case type
        case title
        case status
        case detail
        case instance
        case code
        case requestID = "request_id"
        case errors
    }
}

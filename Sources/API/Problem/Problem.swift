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

    /// What a plan limits, where it has no room left.
    public struct PlanLimit: Sendable, Equatable {
        public let limit: Int
        /// What is taken, and held for others.
        public let used: Int

        public init(limit: Int, used: Int) {
            self.limit = limit
            self.used = used
        }

        /// Where a larger plan is chosen, below the base URL.
        public static let upgradePath = "/billing"
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
    /// With the code `upgrade_required`: what the plan allows.
    public let limit: Int?
    /// With the code `upgrade_required`: what is taken and held of it.
    public let used: Int?
    /// With the code `upgrade_required`: where a larger plan is chosen, below the base URL.
    public let upgradeURL: String?

    /// Everything in it is made here, so nothing internal gets out.
    public init(
        _ code: ProblemCode, errors: [ValidationError] = [], limit: PlanLimit? = nil, requestID: String,
        language: Language
    ) {
        type = code.type
        title = code.title(in: language)
        status = code.status
        detail = code.detail(in: language)
        instance = "urn:plinth:request:\(requestID)"
        self.code = code.rawValue
        self.requestID = requestID
        self.errors = errors.map { FieldError($0, language: language) }
        self.limit = limit?.limit
        used = limit?.used
        upgradeURL = limit.map { _ in PlanLimit.upgradePath }
    }

    /// What a problem does not have is left out: members beyond the standard's go with their code (RFC 9457, section 3.2).
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        try container.encode(title, forKey: .title)
        try container.encode(status, forKey: .status)
        try container.encode(detail, forKey: .detail)
        try container.encode(instance, forKey: .instance)
        try container.encode(code, forKey: .code)
        try container.encode(requestID, forKey: .requestID)
        try container.encode(errors, forKey: .errors)
        guard let limit, let used, let upgradeURL else { return }
        try container.encode(limit, forKey: .limit)
        try container.encode(used, forKey: .used)
        try container.encode(upgradeURL, forKey: .upgradeURL)
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
        case limit
        case used
        case upgradeURL = "upgrade_url"
    }
}

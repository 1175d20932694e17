/// A mail that waits to be sent: the parameters of its job. The words come from the templates of its kind when it is
/// sent, and so does the token in its link, which is derived from the job's id: no table and no queue holds it.
public struct OutgoingMail: JobParameters, Equatable {
    public static let jobName = "mail.send"
    public static let jobQueue = "mail"

    public let kind: MailKind
    /// The recipient's address, as typed.
    public let to: String
    /// Whose account it is about; nil where there is none.
    public let userID: ID<User>?
    public let language: Language
    /// Where its link leads, below the base URL: `/verify-email`.
    public let path: String
    /// The token that the link carries; nil for none.
    public let token: Token?
    /// What the templates of its kind show beside the link, by name. Nothing that a stranger chose: whoever can make
    /// us write to an address must not choose the words.
    public let values: [String: String]
    /// Where mails of this kind are stopped, below the base URL; nil for one that an account can't do without.
    public let unsubscribePath: String?

    /// A mailed token as the queue may know it.
    public struct Token: Sendable, Equatable {
        public let purpose: OneTimeToken.Purpose
        /// SHA-256 of the token, as the database has it: tells under which master key to derive it.
        public let hash: [UInt8]
        /// When it is good for nothing, and the mail with it.
        public let expiresAt: Timestamp

        public init(purpose: OneTimeToken.Purpose, hash: [UInt8], expiresAt: Timestamp) {
            self.purpose = purpose
            self.hash = hash
            self.expiresAt = expiresAt
        }
    }

    public init(
        kind: MailKind, to: String, userID: ID<User>?, language: Language, path: String, token: Token? = nil,
        values: [String: String] = [:], unsubscribePath: String? = nil
    ) {
        self.kind = kind
        self.to = to
        self.userID = userID
        self.language = language
        self.path = path
        self.token = token
        self.values = values
        self.unsubscribePath = unsubscribePath
    }

    private enum CodingKeys: String, CodingKey {
        case kind
        case to
        case userID = "user_id"
        case language
        case path
        case token
        case values
        case unsubscribePath = "unsubscribe_path"
    }
}

extension OutgoingMail.Token: Codable {
    private enum CodingKeys: String, CodingKey {
        case purpose
        case hash
        /// Microseconds since 1970.
        case expires
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        purpose = try container.decode(OneTimeToken.Purpose.self, forKey: .purpose)
        guard let hash = HexDigits.decode(try container.decode(String.self, forKey: .hash)) else {
            throw DecodingError.dataCorruptedError(forKey: .hash, in: container, debugDescription: "not hexadecimal")
        }
        self.hash = hash
        // Those queued by an earlier release don't say.
        let expires = try container.decodeIfPresent(Int64.self, forKey: .expires)
        expiresAt = Timestamp(microseconds: expires ?? .max)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(purpose, forKey: .purpose)
        try container.encode(HexDigits.encode(hash), forKey: .hash)
        try container.encode(expiresAt.microseconds, forKey: .expires)
    }
}

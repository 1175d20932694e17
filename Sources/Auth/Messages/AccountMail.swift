public import Core
import Foundation

/// A mail about an account that waits to be sent: what a job named ``jobName`` carries. No token is in it; the link's
/// token is derived from the job's id when the mail is rendered.
public struct AccountMail: Sendable, Equatable {
    /// The name of the jobs that carry mails.
    public static let jobName = "mail.send"

    /// What the mail says. The raw values are part of stored jobs.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A link that proves the address.
        case verifyEmail = "verify_email"
        /// Someone registered with an address that has an account.
        case alreadyRegistered = "already_registered"
        /// A session was ended because a used refresh token came again.
        case refreshTokenReused = "refresh_token_reused"
    }

    public let kind: Kind
    public let userID: ID<User>
    /// The recipient, as typed.
    public let to: String
    public let language: Language
    /// SHA-256 of the token in the link, as the database has it: tells under which master key to derive the token.
    /// Nil for a mail without a token.
    let tokenHash: [UInt8]?

    init(kind: Kind, to user: User, tokenHash: [UInt8]? = nil) {
        self.kind = kind
        userID = user.id
        to = user.email.text
        language = user.language
        self.tokenHash = tokenHash
    }

    /// Reads a job's parameters.
    /// - Throws: `DecodingError` when they are not those of a mail about an account.
    public init(of job: Job) throws {
        self = try JSONDecoder().decode(AccountMail.self, from: Data(job.parameters))
    }

    /// The job that sends it.
    func job(id: ID<Job>, at time: Timestamp) throws -> Job {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Job(
            id: id, name: Self.jobName, parameters: Array(try encoder.encode(self)), runAt: time, createdAt: time)
    }
}

extension AccountMail: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind
        case userID = "user_id"
        case to
        case language
        case tokenHash = "token_hash"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(Kind.self, forKey: .kind)
        userID = try container.decode(ID<User>.self, forKey: .userID)
        to = try container.decode(String.self, forKey: .to)
        language = try container.decode(Language.self, forKey: .language)
        tokenHash = try container.decodeIfPresent(String.self, forKey: .tokenHash).flatMap { HexDigits.decode($0) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(userID, forKey: .userID)
        try container.encode(to, forKey: .to)
        try container.encode(language, forKey: .language)
        try container.encodeIfPresent(tokenHash.map { HexDigits.encode($0) }, forKey: .tokenHash)
    }
}

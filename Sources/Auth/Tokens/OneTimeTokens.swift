public import Core
import Crypto
import Foundation

/// The mailed tokens, which nobody keeps: each is derived from the id of the job that mails it, so a mail tried again
/// carries the same token, and neither the queue nor the database holds it.
public struct OneTimeTokens: Sendable {
    private let keys: MasterKeys

    public init(keys: MasterKeys) {
        self.keys = keys
    }

    /// The token of a mail job under the first master key: 256 bits in 43 characters of base64url.
    ///
    /// Its ``hash(of:)`` is stored when the job is enqueued. Asked again after a new master key came first it gives
    /// another token: rendering asks ``token(for:purpose:matching:)``.
    public func token(for job: ID<Job>, purpose: OneTimeToken.Purpose) -> String {
        Self.token(for: job, purpose: purpose, key: keys.derive(Self.keyPurpose))
    }

    /// The token of a mail job whose hash was stored, under whichever master key it was made.
    /// - Returns: Nil when none of the keys yields it: the key was taken off the list since.
    public func token(for job: ID<Job>, purpose: OneTimeToken.Purpose, matching hash: [UInt8]) -> String? {
        keys.deriveAll(Self.keyPurpose).lazy.map { Self.token(for: job, purpose: purpose, key: $0) }
            .first { ConstantTime.equal(Self.hash(of: $0), hash) }
    }

    /// SHA-256 of the text: what the database keeps of it, and looks it up by.
    public static func hash(of token: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(token.utf8)))
    }

    private static let keyPurpose = "one-time-token"

    private static func token(for job: ID<Job>, purpose: OneTimeToken.Purpose, key: SymmetricKey) -> String {
        let message = job.bytes + Array(purpose.rawValue.utf8)
        return Base64URL.encode(Array(HMAC<SHA256>.authenticationCode(for: message, using: key)))
    }
}

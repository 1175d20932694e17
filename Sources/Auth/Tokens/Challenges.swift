import Core
import Crypto
import Foundation
import Persistence

/// Statements that are handed out to come back once, soon: what was proven so far of a sign-in, what an authenticator is to
/// sign.
///
/// Nobody keeps them while they are out: they are sealed, and what is kept is that one was spent, in the unit of work in
/// which it took effect. So asking for one costs no write, however often somebody asks.
struct Challenges: Sendable {
    /// What a challenge is for; one of another purpose does not open.
    enum Purpose: String {
        case secondFactor = "second-factor"
        /// What a provider is to bring back.
        case openID = "openid"
        /// An account at a provider that waits for its person to sign in.
        case linking
        /// What a new passkey is to sign.
        case passkeyRegistration = "passkey-registration"
        /// What a passkey is to sign to be used.
        case passkeyUse = "passkey-use"
    }

    /// Why one is refused.
    enum Problem: Error, Equatable {
        /// None of ours, or for something else.
        case malformed
        case expired
    }

    let keys: MasterKeys

    /// - Returns: Text of base64url.
    func seal(_ content: some Encodable, for purpose: Purpose, until expiry: Timestamp) throws -> String {
        let bytes = try JSONEncoder().encode(Envelope(expiry: expiry.microseconds, content: content))
        return Base64URL.encode(try keys.seal(Array(bytes), context: Self.context(purpose)))
    }

    /// What was sealed, unless it is past its time.
    func open<Content: Decodable & Sendable>(
        _ text: String, for purpose: Purpose, at now: Timestamp
    ) throws(Problem) -> Opened<Content> {
        guard let sealed = Base64URL.decode(text),
            let bytes = try? keys.open(sealed, context: Self.context(purpose)),
            let envelope = try? JSONDecoder().decode(Envelope<Content>.self, from: Data(bytes))
        else { throw .malformed }
        let expiry = Timestamp(microseconds: envelope.expiry)
        guard now < expiry else { throw .expired }
        return Opened(content: envelope.content, hash: Array(SHA256.hash(data: sealed)), expiresAt: expiry)
    }

    struct Opened<Content: Sendable>: Sendable {
        let content: Content
        /// SHA-256 of it: what is kept once it is spent, and what tries are counted under.
        let hash: [UInt8]
        let expiresAt: Timestamp

        /// Spends it in a unit of work.
        /// - Returns: False when it was spent before.
        func spend(in store: any Store) async throws -> Bool {
            try await store.spentChallenges.insert(hash: hash, expiresAt: expiresAt)
        }
    }

    fileprivate struct Envelope<Content> {
        /// Microseconds since 1970.
        let expiry: Int64
        let content: Content
    }

    private static func context(_ purpose: Purpose) -> String { "challenge/\(purpose.rawValue)" }
}

extension Challenges.Envelope: Encodable where Content: Encodable {}
extension Challenges.Envelope: Decodable where Content: Decodable {}

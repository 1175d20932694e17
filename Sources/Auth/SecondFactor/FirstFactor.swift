import Core
import Crypto
import Foundation
import Persistence

/// What the first factor of a sign-in proved, sealed in what is handed out until the second one comes.
struct FirstFactor: Codable, Sendable {
    /// How long there is for the second factor.
    static let lifetime: Duration = .minutes(5)

    let user: ID<User>
    let deviceName: String?
    /// What the device is known by.
    let device: String?
    /// The address of then, and the hash of the password's PHC string: a change of either ends the sign-in.
    let emailKey: String
    let passwordMark: String

    static func mark(of passwordHash: String?) -> String {
        HexDigits.encode(SHA256.hash(data: Array((passwordHash ?? "").utf8)))
    }

    /// Whether it was proven for the account as it is.
    func isOf(_ user: User, passwordHash: String?) -> Bool {
        user.email.key == emailKey && ConstantTime.equal(Self.mark(of: passwordHash).utf8, passwordMark.utf8)
    }
}

extension Accounts {
    var challenges: Challenges { Challenges(keys: keys) }

    /// What is answered to a right first factor where a second one is asked for.
    func secondFactorRequest(
        of user: User, passwordHash: String?, after entry: SignInEntry, in store: any Store, at now: Timestamp
    ) async throws -> SecondFactorRequest {
        let expiry = now + FirstFactor.lifetime
        let proven = FirstFactor(
            user: user.id, deviceName: entry.deviceName, device: entry.device?.text, emailKey: user.email.key,
            passwordMark: FirstFactor.mark(of: passwordHash))
        let hasRecoveryCodes = try await store.secondFactors.recoveryCodeCount(of: user.id) > 0
        let hasPasskeys = try await !store.passkeys.list(of: user.id).isEmpty
        return SecondFactorRequest(
            token: try challenges.seal(proven, for: .secondFactor, until: expiry),
            factors: [.totp] + (hasRecoveryCodes ? [.recoveryCode] : []) + (hasPasskeys ? [.passkey] : []),
            expiresAt: expiry)
    }

    /// What a token of ``secondFactorRequest(of:passwordHash:after:in:at:)`` stands for.
    /// - Throws: ``AuthError/challengeExpired`` for any other text as well: all there is to do is to sign in anew.
    func firstFactor(in token: String, at now: Timestamp) throws(AuthError) -> Challenges.Opened<FirstFactor> {
        do {
            return try challenges.open(token, for: .secondFactor, at: now)
        } catch {
            throw .challengeExpired
        }
    }
}

import Crypto
import Foundation

/// The copy of a refresh token that only the token before it opens, so that a client which lost the answer (or a second
/// tab) gets the same successor again, and the database holds no usable token.
public enum RefreshSuccessor {
    /// The cryptographic library refused.
    public struct SealingFailed: Error, Equatable {}

    /// AES-256-GCM under a key made of the parent's text (HKDF-SHA256), with a random nonce: several rotations that
    /// race seal different successors under the same key.
    public static func seal(
        _ successor: RefreshToken, underParent parent: RefreshToken
    ) throws(SealingFailed) -> [UInt8] {
        let box = try? AES.GCM.seal(Array(successor.text.utf8), using: key(of: parent))
        guard let sealed = box?.combined else { throw SealingFailed() }
        return Array(sealed)
    }

    /// The successor; nil when it was sealed under another parent, changed, or is no token.
    public static func open(_ sealed: [UInt8], underParent parent: RefreshToken) -> RefreshToken? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let text = try? AES.GCM.open(box, using: key(of: parent))
        else { return nil }
        return RefreshToken(String(decoding: text, as: UTF8.self))
    }

    private static func key(of parent: RefreshToken) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Array(parent.text.utf8)), info: Array("plinth/refresh-successor".utf8),
            outputByteCount: 32)
    }
}

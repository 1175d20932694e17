import Crypto
import Foundation

extension MasterKeys {
    /// The layout of what ``seal(_:context:)`` makes; the first byte of it.
    static let sealVersion: UInt8 = 1
    /// Bytes of the fingerprint that a sealed text carries, to find its key.
    static let markLength = 4

    /// Why a sealed text does not open. Tells nothing about it.
    public enum SealProblem: Error, Equatable {
        /// Not made by ``MasterKeys/seal(_:context:)``, of another version, or cut off.
        case malformed
        /// Sealed under a master key that is not on the list.
        case unknownKey
        /// Changed since, or sealed for another context.
        case unauthentic
        /// The cryptographic library refused.
        case failed
    }

    /// Encrypts under the first key with AES-256-GCM and a random nonce:
    /// version (1 byte), key mark (4), nonce (12), cipher text, tag (16).
    /// - Parameter context: What the text is for, such as `signing-key/KID`; it opens for no other.
    /// - Throws: ``SealProblem/failed``.
    public func seal(_ plaintext: [UInt8], context: String) throws(SealProblem) -> [UInt8] {
        let head = [Self.sealVersion] + fingerprint.prefix(Self.markLength)
        let box = try? AES.GCM.seal(
            plaintext, using: keys[0].sealingKey, authenticating: head + Array(context.utf8))
        guard let sealed = box?.combined else { throw .failed }
        return head + sealed
    }

    /// What was sealed under another key than the first, sealed under that; nil where there is nothing to do.
    /// - Throws: ``SealProblem``.
    func resealed(_ sealed: [UInt8], context: String) throws(SealProblem) -> [UInt8]? {
        guard !sealed.dropFirst().starts(with: fingerprint.prefix(Self.markLength)) else { return nil }
        return try seal(try open(sealed, context: context), context: context)
    }

    /// What was sealed under any of the keys for this context.
    /// - Throws: ``SealProblem`` but `failed`.
    public func open(_ sealed: [UInt8], context: String) throws(SealProblem) -> [UInt8] {
        let head = sealed.prefix(1 + Self.markLength)
        guard head.count == 1 + Self.markLength, head.first == Self.sealVersion,
            let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst(head.count))
        else { throw .malformed }
        let candidates = keys.filter { $0.fingerprint.starts(with: head.dropFirst()) }
        guard !candidates.isEmpty else { throw .unknownKey }
        for key in candidates {
            let authenticated = head + Array(context.utf8)
            if let opened = try? AES.GCM.open(box, using: key.sealingKey, authenticating: authenticated) {
                return Array(opened)
            }
        }
        throw .unauthentic
    }
}

import Core
package import Crypto
import Foundation

/// The secrets that all others of an installation hang on: sealed data and derived keys.
///
/// The first key seals and derives, all of them open, so a key is replaced by putting a new one before it.
public struct MasterKeys: Sendable {
    /// Bytes of a key.
    static let keyLength = 32
    /// Random keys have about 30 different bytes; 15 or fewer come from a keyboard or a pattern.
    static let leastDifferentBytes = 16

    /// Why a list of keys is refused. Names the position in the list (from 1), never the text.
    public enum Problem: Error, Equatable {
        case missing
        /// Not 64 hexadecimal digits.
        case malformed(position: Int)
        /// Repeating or counting bytes, as in examples and defaults.
        case weak(position: Int)
    }

    let keys: [MasterKey]

    /// - Parameter texts: 64 hexadecimal digits each, the sealing key first.
    public init(hexadecimal texts: [String]) throws(Problem) {
        guard !texts.isEmpty else { throw .missing }
        var keys: [MasterKey] = []
        for (index, text) in texts.enumerated() {
            guard let bytes = HexDigits.decode(text), bytes.count == Self.keyLength else {
                throw .malformed(position: index + 1)
            }
            guard !Self.isWeak(bytes) else { throw .weak(position: index + 1) }
            keys.append(MasterKey(bytes))
        }
        self.keys = keys
    }

    /// Tells the sealing key from others without telling anything about it: 8 bytes.
    public var fingerprint: [UInt8] { fingerprints[0] }

    /// The fingerprint of each key, the sealing one first.
    public var fingerprints: [[UInt8]] { keys.map(\.fingerprint) }

    /// A key for one purpose, from the first master key (HKDF-SHA256, RFC 5869).
    package func derive(_ purpose: String) -> SymmetricKey {
        keys[0].derive(purpose)
    }

    /// The keys for one purpose from every master key, in their order.
    package func deriveAll(_ purpose: String) -> [SymmetricKey] {
        keys.map { $0.derive(purpose) }
    }

    private static func isWeak(_ bytes: [UInt8]) -> Bool {
        let steps = Set(zip(bytes, bytes.dropFirst()).map { $1 &- $0 })
        return Set(bytes).count < leastDifferentBytes || steps.count == 1
    }
}

extension MasterKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "MasterKeys(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// One of the master keys.
struct MasterKey: Sendable {
    let sealingKey: SymmetricKey
    let fingerprint: [UInt8]
    private let key: SymmetricKey

    init(_ bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
        sealingKey = Self.derive("seal", from: key)
        let digest = Self.derive("fingerprint", from: key).withUnsafeBytes { SHA256.hash(data: $0) }
        fingerprint = Array(digest.prefix(8))
    }

    func derive(_ purpose: String) -> SymmetricKey {
        Self.derive(purpose, from: key)
    }

    private static func derive(_ purpose: String, from key: SymmetricKey) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Array("plinth/\(purpose)".utf8), outputByteCount: MasterKeys.keyLength)
    }
}

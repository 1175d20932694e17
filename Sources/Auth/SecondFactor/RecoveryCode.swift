public import Core
import Crypto
import Foundation

/// What a person who lost the second factor signs in with, once: 80 random bits, shown as `k3x9-7pqr-02st-mhw4`.
public struct RecoveryCode: Sendable {
    static let length = 10  // bytes
    private static let groupLength = 4  // characters
    /// More than any way to write a code needs.
    private static let longestInBytes = 128

    /// 16 characters in their one spelling.
    private let normalized: String

    /// A new code.
    static func make(randomness: Randomness) -> RecoveryCode {
        RecoveryCode(normalized: Base32.crockford.encode(randomness.bytes(length)))
    }

    /// Reads what a person typed, in either case, with white space and hyphens anywhere, `o` for 0 and `i` or `l` for
    /// 1; nil when it can't be a code.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.longestInBytes else { return nil }
        var normalized = ""
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace && !Self.isHyphen(scalar) {
            guard scalar.isASCII else { return nil }
            switch scalar {
            case "O", "o": normalized += "0"
            case "I", "i", "L", "l": normalized += "1"
            default: normalized += scalar.properties.lowercaseMapping
            }
        }
        guard Base32.crockford.decode(normalized)?.count == Self.length else { return nil }
        self.init(normalized: normalized)
    }

    private init(normalized: String) {
        self.normalized = normalized
    }

    /// The code for people, in four groups of four. A secret: for the one response that makes it.
    public var text: String {
        stride(from: 0, to: normalized.count, by: Self.groupLength)
            .map { normalized.dropFirst($0).prefix(Self.groupLength) }.joined(separator: "-")
    }

    /// What the database keeps of it: SHA-256 of the 16 characters and the 16 bytes of the person's id, so that equal
    /// codes of two people differ. 80 random bits need no slow hash.
    public func hash(for user: ID<User>) -> [UInt8] {
        Array(SHA256.hash(data: Array(normalized.utf8) + user.bytes))
    }

    /// The hyphens and dashes that a word processor makes of the one on the keyboard.
    private static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "-" || ("\u{2010}"..."\u{2014}").contains(scalar) || scalar == "\u{2212}"
    }
}

extension RecoveryCode: Equatable {
    public static func == (left: RecoveryCode, right: RecoveryCode) -> Bool {
        ConstantTime.equal(left.normalized.utf8, right.normalized.utf8)
    }
}

extension RecoveryCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "RecoveryCode(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

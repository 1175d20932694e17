import Core
import Foundation

/// What the deliveries to an endpoint are signed with, in the form of Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes.
public struct WebhookSecret: Sendable, Equatable {
    /// Of a new one.
    private static let usualLength = 32  // bytes
    /// Standard Webhooks 1.0, "Symmetric".
    private static let lengths = 24...64  // bytes
    private static let prefix = "whsec_"

    private let secret: Secret

    /// - Parameter bytes: 24 to 64; nil for any other number.
    init?(_ bytes: [UInt8]) {
        guard Self.lengths.contains(bytes.count) else { return nil }
        secret = Secret(bytes)
    }

    /// Reads the text of one; nil for anything else.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let data = Data(base64Encoded: String(text.dropFirst(Self.prefix.count)))
        else { return nil }
        self.init(Array(data))
    }

    static func make(randomness: Randomness) -> WebhookSecret {
        WebhookSecret(secret: Secret(randomness.bytes(usualLength)))
    }

    private init(secret: Secret) {
        self.secret = secret
    }

    var bytes: [UInt8] { secret.revealed() }

    /// What the team puts into its receiver. The name is long so that every use is easy to find.
    public func revealedText() -> String { Self.prefix + Data(bytes).base64EncodedString() }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "WebhookSecret(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

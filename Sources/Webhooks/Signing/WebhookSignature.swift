import Core
import Crypto
import Foundation

/// The signature of Standard Webhooks (https://www.standardwebhooks.com, version 1): HMAC-SHA256 over id, time and body.
enum WebhookSignature {
    private static let version = "v1"

    /// The headers of one try.
    /// - Parameters:
    ///   - time: Of the try, which receivers compare with their clock.
    ///   - secrets: One signature with each.
    static func headers(
        id: String, at time: Timestamp, body: [UInt8], secrets: [WebhookSecret]
    ) -> [WebhookRequest.Header] {
        let seconds = String(time.seconds)
        let signatures = secrets.map { signature(id: id, timestamp: seconds, body: body, secret: $0) }
        return [
            .init("webhook-id", id), .init("webhook-timestamp", seconds),
            .init("webhook-signature", signatures.joined(separator: " ")),
        ]
    }

    static func signature(id: String, timestamp: String, body: [UInt8], secret: WebhookSecret) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret.bytes))
        return "\(version),\(Data(code).base64EncodedString())"
    }
}

import Core
import Crypto

/// The signature of Stripe's webhooks, version 1: HMAC-SHA256 over the time, a dot and the body
/// (docs.stripe.com/webhooks/signature; stripe-python `_webhook.py`).
enum StripeSignature {
    static let header = "Stripe-Signature"

    /// The header with which a body is sent: a signature with each secret.
    static func header(of body: [UInt8], at time: Timestamp, secrets: [Secret]) -> String {
        let signatures = secrets.map { ",v1=\(signature(of: body, timestamp: time.seconds, secret: $0))" }
        return "t=\(time.seconds)" + signatures.joined()
    }

    /// In lower-case hexadecimal. The key is the text of the secret as it is shown, `whsec_` included.
    static func signature(of body: [UInt8], timestamp: Int64, secret: Secret) -> String {
        let signed = Array("\(timestamp).".utf8) + body
        return HexDigits.encode(
            HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret.revealed())))
    }
}

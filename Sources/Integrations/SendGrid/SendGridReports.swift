public import Core
import Crypto
import Foundation

/// Reads SendGrid's signed event webhook.
///
/// The signature is ECDSA over P-256 and SHA-256 of the timestamp's text followed by the body, in DER and base64; the
/// public key is what SendGrid shows in its settings.
public struct SendGridReports: MailReports {
    public static let signatureHeader = "X-Twilio-Email-Event-Webhook-Signature"
    public static let timestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp"
    /// How far the timestamp may be from now, to either side.
    private static let tolerance = Duration.seconds(300)

    /// The text is no public key of P-256.
    public struct MalformedKey: Error {}

    private let keys: [P256.Signing.PublicKey]

    /// - Parameter keys: In base64 (DER, SubjectPublicKeyInfo); any of them may have signed, so that one can be replaced.
    public init(publicKeys keys: [String]) throws(MalformedKey) {
        var read: [P256.Signing.PublicKey] = []
        for key in keys {
            guard let bytes = Data(base64Encoded: key),
                let key = try? P256.Signing.PublicKey(derRepresentation: bytes)
            else { throw MalformedKey() }
            read.append(key)
        }
        self.keys = read
    }

    public func suppressions(
        in body: [UInt8], header: (String) -> String?, at now: Timestamp
    ) throws(MailReportProblem) -> [MailSuppression] {
        try requireSignature(of: body, header: header, at: now)
        guard let events = try? JSONDecoder().decode([Event].self, from: Data(body)) else { throw .malformed }
        return events.compactMap(\.suppression)
    }

    private func requireSignature(
        of body: [UInt8], header: (String) -> String?, at now: Timestamp
    ) throws(MailReportProblem) {
        guard let timestamp = header(Self.timestampHeader), let seconds = Int64(timestamp),
            let encoded = header(Self.signatureHeader), let der = Data(base64Encoded: encoded),
            let signature = try? P256.Signing.ECDSASignature(derRepresentation: der)
        else { throw .badSignature }
        let age = now - Timestamp(seconds: seconds)
        guard age <= Self.tolerance, age >= .zero - Self.tolerance else { throw .badSignature }
        let signed = Data(timestamp.utf8) + Data(body)
        guard keys.contains(where: { $0.isValidSignature(signature, for: signed) }) else { throw .badSignature }
    }

    /// One event; of the many fields those that say whether an address is still good.
    private struct Event: Decodable {
        let event: String
        let email: String?
        let timestamp: Int64?
        let type: String?
        let reason: String?

        private enum CodingKeys: String, CodingKey {
            case event
            case email
            case timestamp
            case type
            case reason
        }

        /// One event of an unexpected form takes none of the others with it.
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            event = (try? container.decode(String.self, forKey: .event)) ?? ""
            email = try? container.decode(String.self, forKey: .email)
            timestamp = try? container.decode(Int64.self, forKey: .timestamp)
            type = try? container.decode(String.self, forKey: .type)
            reason = try? container.decode(String.self, forKey: .reason)
        }

        /// Nil for news that stops no mail: a delivery, or a bounce that may pass (`blocked`).
        var suppression: MailSuppression? {
            let why: MailSuppression.Reason
            switch event {
            case "bounce" where type != "blocked": why = .bounce
            case "spamreport": why = .complaint
            case "dropped" where reason?.lowercased().contains("spam reporting") == true: why = .complaint
            case "dropped" where reason?.lowercased().contains("bounced address") == true: why = .bounce
            default: return nil
            }
            guard let email, let address = try? EmailAddress(parsing: email), let timestamp else { return nil }
            return MailSuppression(
                emailKey: address.key, reason: why, detail: reason ?? "", occurredAt: Timestamp(seconds: timestamp))
        }
    }
}

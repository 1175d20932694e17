import Core

/// Tells the webhooks that Stripe sends from what others do.
struct StripeWebhookVerifier: Sendable {
    /// How far the time of sending may be from now, to either side.
    static let tolerance = Duration.seconds(300)
    /// While one is replaced there are two.
    private static let mostSecrets = 8

    /// There is none, too many, or one of nothing but blanks.
    struct UnusableSecrets: Error {}

    private let secrets: [Secret]

    /// - Parameter secrets: As Stripe shows them, `whsec_…`; any of them may have signed.
    init(secrets: [Secret]) throws(UnusableSecrets) {
        let isUsable = secrets.allSatisfy { $0.revealed().contains { $0 > 0x20 } }
        guard (1...Self.mostSecrets).contains(secrets.count), isUsable else { throw UnusableSecrets() }
        self.secrets = secrets
    }

    /// - Parameters:
    ///   - header: The value of ``StripeSignature/header``; nil where it is missing.
    ///   - body: As it came, byte for byte.
    /// - Throws: ``StripeSignatureProblem``; the first three before anything is computed.
    func verify(header: String?, body: [UInt8], at now: Timestamp) throws(StripeSignatureProblem) {
        guard let header else { throw .missing }
        let parts = try StripeSignatureHeader(header)
        // All are compared, so that the time does not tell which secret is in use.
        var isGood = false
        for secret in secrets {
            let expected = Array(
                StripeSignature.signature(of: body, timestamp: parts.timestamp, secret: secret).utf8)
            for signature in parts.signatures where ConstantTime.equal(expected, signature) { isGood = true }
        }
        guard isGood else { throw .forged }
        let age = now - Timestamp(seconds: parts.timestamp)
        guard age <= Self.tolerance, age >= .zero - Self.tolerance else { throw .outOfTime }
    }
}

/// Why a webhook is not taken.
enum StripeSignatureProblem: Error, Sendable, Equatable {
    /// There is no header.
    case missing
    /// It has no time or more than one, or is too long.
    case malformed
    /// It has no signature of version 1.
    case unsigned
    /// None of its signatures is one of ours.
    case forged
    /// It was sent more than five minutes ago, or will be: a webhook caught and sent again.
    case outOfTime
}

import Core

/// The parts of a header `Stripe-Signature`: `t=1767225600,v1=5257…,v1=…,v0=…`.
struct StripeSignatureHeader: Sendable, Equatable {
    /// With room for a dozen signatures; Stripe sends one for each secret that is still good.
    static let longest = 1024  // bytes
    /// Of a signature: SHA-256 in hexadecimal.
    private static let digits = 64

    let timestamp: Int64
    /// Of version 1, in the order in which they came.
    let signatures: [[UInt8]]

    /// What is of another scheme is passed over, as are signatures of another length, which none of ours would have.
    /// - Throws: ``StripeSignatureProblem/malformed``, ``StripeSignatureProblem/unsigned``.
    init(_ text: String) throws(StripeSignatureProblem) {
        guard text.utf8.count <= Self.longest else { throw .malformed }
        var timestamp: Int64?
        var signatures: [[UInt8]] = []
        for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            if part.starts(with: "t=".utf8) {
                guard timestamp == nil, let seconds = Self.seconds(part.dropFirst(2)) else { throw .malformed }
                timestamp = seconds
            } else if part.starts(with: "v1=".utf8), part.count == Self.digits + 3 {
                signatures.append(Array(part.dropFirst(3)))
            }
        }
        guard let timestamp else { throw .malformed }
        guard !signatures.isEmpty else { throw .unsigned }
        self.timestamp = timestamp
        self.signatures = signatures
    }

    /// In one spelling: no sign, no zero before others.
    private static func seconds(_ digits: some Collection<UInt8>) -> Int64? {
        guard let seconds = Int64(String(decoding: digits, as: UTF8.self)), seconds >= 0,
            String(seconds).utf8.elementsEqual(digits)
        else { return nil }
        return seconds
    }
}

/// A signature algorithm of passkeys, by its number at IANA (COSE Algorithms). All cases are what to offer
/// authenticators, in this order.
public enum PasskeyAlgorithm: Int64, Sendable, CaseIterable {
    /// ECDSA with SHA-256, here on P-256.
    case es256 = -7
    /// Here on Ed25519.
    case edDSA = -8
}

/// How an ID token may be signed (RFC 7518 section 3.1). Pinned: a token never chooses from outside this list, and
/// every key is for one of them only (RFC 8725 section 3.1).
enum OpenIDAlgorithm: String, Sendable, CaseIterable {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
}

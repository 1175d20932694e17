/// The public keys that access tokens are verified by (RFC 7517).
public struct JWKSBody: Codable, Sendable, Equatable {
    /// A P-256 key.
    public struct Key: Codable, Sendable, Equatable {
        public let kty: String
        public let use: String
        public let alg: String
        public let kid: String
        public let crv: String
        /// Coordinates, base64url of 32 bytes each.
        public let x: String
        public let y: String

        public init(kid: String, x: String, y: String) {
            kty = "EC"
            use = "sig"
            alg = "ES256"
            self.kid = kid
            crv = "P-256"
            self.x = x
            self.y = y
        }
    }

    public let keys: [Key]

    public init(keys: [Key]) {
        self.keys = keys
    }
}

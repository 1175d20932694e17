import Core

/// An ID token in the making.
struct TestIDToken: Sendable {
    static let issuer = "https://id.example.org"
    static let clientID = "client-1"
    static let nonce = "n-0S6_WzA2Mj"
    static let subject = "24400320"

    var key: TestOpenIDKey
    var header: RawObject
    var claims: RawObject

    /// One that is right in everything.
    init(key: TestOpenIDKey, now: Timestamp) {
        self.key = key
        header = key.header
        claims = RawObject([
            "iss": Self.issuer.quoted, "aud": Self.clientID.quoted, "sub": Self.subject.quoted,
            "nonce": Self.nonce.quoted, "iat": "\(now.seconds)", "exp": "\(now.seconds + 3600)",
            "email": "ann@example.org".quoted, "email_verified": "true", "given_name": "Ann".quoted,
            "family_name": "Ek".quoted,
        ])
    }

    func header(_ name: String, _ value: String?) -> TestIDToken {
        var other = self
        other.header = header.with(name, value)
        return other
    }

    func claim(_ name: String, _ value: String?) -> TestIDToken {
        var other = self
        other.claims = claims.with(name, value)
        return other
    }

    /// Rightly signed, over other texts where there are any.
    func text(header: String? = nil, claims: String? = nil) throws -> String {
        try Self.text(header: header ?? self.header.text, claims: claims ?? self.claims.text, key.sign)
    }

    /// With another signature.
    func text(_ sign: ([UInt8]) throws -> [UInt8]) throws -> String {
        try Self.text(header: header.text, claims: claims.text, sign)
    }

    private static func text(
        header: String, claims: String, _ sign: ([UInt8]) throws -> [UInt8]
    ) throws -> String {
        let signed = [header, claims].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
        return try "\(signed).\(Base64URL.encode(sign(Array(signed.utf8))))"
    }

    /// The three parts of the right token, to be put together otherwise.
    func parts() throws -> [String] {
        try text().split(separator: ".").map(String.init)
    }
}

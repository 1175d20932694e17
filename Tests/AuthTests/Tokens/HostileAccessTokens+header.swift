import Core
import Crypto
import Foundation

@testable import Auth

extension HostileAccessToken {
    static let headers = algorithms + types + members

    private static let algorithms =
        [
            "none", "None", "NONE", "nOnE", "", "es256", "Es256", "ES256 ", " ES256", "ES256K", "ES384", "ES512",
            "RS256", "RS512", "PS256", "EdDSA", "Ed25519", "HS256", "HS384", "HS512", "dir", "ECDH-ES",
            "PBES2-HS256+A128KW", "SHA256withECDSA", "\u{415}S256", "ES256\u{200B}", "\u{FF25}\u{FF33}256",
        ].map { header("alg", $0.quoted, .wrongAlgorithm) }
        + [
            header("alg", nil, .malformed), header("alg", "null", .malformed), header("alg", "256", .malformed),
            header("alg", "true", .malformed), header("alg", "[\"ES256\"]", .malformed),
            header("alg", "{\"alg\":\"ES256\"}", .malformed),
            HostileAccessToken("alg none without a signature", .wrongAlgorithm) {
                try $0.draft().header("alg", "none".quoted).text { _ in [] }
            },
            HostileAccessToken("alg none and no key without a signature", .malformed) {
                try $0.draft().header("alg", "none".quoted).header("kid", nil).text { _ in [] }
            },
            HostileAccessToken("alg none, typ JWT, of two parts", .malformed) {
                let draft = $0.draft().header("alg", "none".quoted).header("typ", "JWT".quoted)
                return try draft.parts()[0...1].joined(separator: ".")
            },
        ]

    private static let types =
        [
            "JWT", "jwt", "at+JWT", "AT+JWT", "application/at+jwt", "at+jwt ", " at+jwt", "at jwt", "id+jwt", "jose",
            "secevent+jwt", "logout+jwt", "dpop+jwt", "", "\u{430}t+jwt",
        ].map { header("typ", $0.quoted, .wrongType) }
        + [
            header("typ", nil, .wrongType), header("typ", "1", .wrongType), header("typ", "null", .malformed),
            header("typ", "[\"at+jwt\"]", .malformed),
        ]

    /// What tells a verifier to do otherwise, with a value that the reader takes, and as they are meant.
    private static let members =
        [
            ("jku", "https://evil.example.org/keys"), ("x5u", "https://evil.example.org/cert"), ("jwk", "x"),
            ("x5c", "MII"), ("x5t", "x"), ("x5t#S256", "x"), ("crit", "exp"), ("b64", "false"), ("zip", "DEF"),
            ("cty", "JWT"), ("enc", "A256GCM"), ("epk", "x"), ("apu", "x"), ("p2s", "x"), ("iss", "x"), ("url", "x"),
            ("nonce", "x"), ("ALG", "none"), ("alg ", "none"), ("Kid", "x"), ("", "x"),
        ].map { header($0.0, $0.1.quoted, .forbiddenHeader) }
        + [
            header("p2c", "2147483647", .forbiddenHeader), header("b64", "false", .malformed),
            header("crit", "[\"b64\"]", .malformed), header("crit", "[]", .malformed),
            header("x5c", "[\"MII\"]", .malformed), header("jwk", "{}", .malformed),
            HostileAccessToken("a key of its own in the header", .malformed) {
                let own = $0.foreign.publicKey
                let point = Array(own.rawRepresentation)
                let jwk = RawObject([
                    "kty": "EC".quoted, "crv": "P-256".quoted, "x": Base64URL.encode(point.prefix(32)).quoted,
                    "y": Base64URL.encode(point.suffix(32)).quoted,
                ])
                return try $0.draft().header("jwk", jwk.text).signed(with: $0.foreign).text()
            },
            HostileAccessToken("a set of keys of its own, and a name in it", .forbiddenHeader) {
                try $0.draft(naming: $0.foreign).header("jku", "https://evil.example.org/keys".quoted).text()
            },
        ]

    static let keyNames =
        [
            "", "0", "other", "../../../../dev/null", "/dev/null", "file:///dev/null", "' or '1'='1",
            "x' union select 'AA", "$(id)", "https://evil.example.org/key", "*", "%00", "AAAAAAAAAAAAAAAA",
        ].map { header("kid", $0.quoted, .unknownKey) }
        + [
            header("kid", nil, .malformed), header("kid", "null", .malformed), header("kid", "1", .malformed),
            header("kid", "[\"x\"]", .malformed), header("kid", "{}", .malformed),
            header("kid", "\"\u{0}\"", .malformed), header("kid", #""\u0000""#, .malformed),
            named("with a space after") { "\($0) " }, named("cut") { String($0.dropLast()) },
            named("in upper case") { $0.uppercased() }, named("padded") { "\($0)=" },
            named("with a byte that shows nothing") { "\($0)\u{200B}" },
            HostileAccessToken("a key of nobody", .unknownKey) { try $0.draft(naming: $0.foreign).text() },
            HostileAccessToken("a key that is not published yet", .unknownKey) {
                try $0.draft(naming: $0.unpublished).text()
            },
            HostileAccessToken("a revoked key", .unknownKey) { try $0.draft(naming: $0.revoked).text() },
            HostileAccessToken("a retired key", .unknownKey) { try $0.draft(naming: $0.retired).text() },
            HostileAccessToken("the present key's name over a revoked key's signature", .badSignature) {
                try $0.draft().signed(with: $0.revoked).text()
            },
            HostileAccessToken("a revoked key's name over the present key's signature", .unknownKey) {
                try $0.draft(naming: $0.revoked).signed(with: $0.key.privateKey).text()
            },
        ]

    /// A rightly signed token whose key has almost the right name.
    private static func named(
        _ description: String, _ change: @escaping @Sendable (String) -> String
    ) -> HostileAccessToken {
        HostileAccessToken("the key's name \(description)", .unknownKey) {
            try $0.draft().header("kid", change($0.key.keyID).quoted).text()
        }
    }
}

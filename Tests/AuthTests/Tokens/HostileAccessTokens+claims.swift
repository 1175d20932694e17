import Core
import Foundation

@testable import Auth

extension HostileAccessToken {
    private static let names = ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"]

    /// Claims that are missing, of another type or too many.
    static let claims =
        names.flatMap { name in
            [nil, "null", "true", "{}", "[]", "[\"x\"]", "-1", "1.5", "1e3", "01"].map { claim(name, $0, .malformed) }
        }
        + ["iss", "aud", "sub", "sid", "jti"].map { claim($0, "1", .malformed) }
        + ["iat", "nbf", "exp"].flatMap { name in
            ["\"\"", "\"1767225900\"", "\"2026-01-01T00:05:00Z\""].map { claim(name, $0, .malformed) }
        }
        + ["role", "roles", "scope", "admin", "azp", "client_id", "act", "cnf", "acr", "SUB", "sub ", "", "__proto__"]
        .map {
            claim($0, "x".quoted, .malformed)
        }
        + ids

    private static let ids = ["sub", "sid"].flatMap { name in
        [
            "", "admin", "0", "*", "019b76daa80071ee9087db78cfcc087b", "{019b76da-a800-71ee-9087-db78cfcc087b}",
            "urn:uuid:019b76da-a800-71ee-9087-db78cfcc087b", "019b76da-a800-71ee-9087-db78cfcc087",
            "019b76da-a800-71ee-9087-db78cfcc087b0", "019b76da-a800-71ee-9087-db78cfcc087g",
            " 019b76da-a800-71ee-9087-db78cfcc087b", "019b76da-a800-71ee-9087-db78cfcc087b' or ''='",
            "\u{FF10}19b76da-a800-71ee-9087-db78cfcc087b", "019b76da\u{2010}a800-71ee-9087-db78cfcc087b",
            "019b76da/a800/71ee/9087/db78cfcc087b",
        ].map { claim(name, $0.quoted, .malformed) }
    }

    static let parties =
        [
            "https://evil.example.org", "https://app.example.org/", "https://app.example.org/x",
            "https://app.example.or",
            "https://app.example.org.evil.org", "https://app.example.org:443", "https://app.example.org?", "",
            "http://app.example.org", "HTTPS://APP.EXAMPLE.ORG", "https://App.example.org", "app.example.org",
            "//app.example.org", " https://app.example.org", "https://x@app.example.org",
            "https://\u{430}pp.example.org", "https://app\u{3002}example.org", "https://app.example.org\u{200B}", "*",
        ].map { claim("iss", $0.quoted, .wrongIssuer) }
        + [
            "", "Plinth", "PLINTH", "plint", "plinth2", "plinth ", " plinth", "plinth,other", "other", "*", "plinth/",
            "https://app.example.org", "pl\u{131}nth", "plinth\u{200B}", "\u{FF50}linth",
        ].map { claim("aud", $0.quoted, .wrongAudience) }
        + [
            claim("aud", "[\"plinth\"]", .malformed), claim("aud", "[\"plinth\",\"other\"]", .malformed),
            claim("iss", "[\"https://app.example.org\"]", .malformed),
        ]

    static let times = [
        time("exp", 0, .expired), time("exp", -1, .expired), time("exp", -300, .expired),
        time("exp", -31_536_000, .expired), claim("exp", "0", .expired), claim("exp", "1", .expired),
        // Milliseconds where seconds are meant.
        claim("exp", "1767225900000", .malformed), claim("exp", "9223372036854775807", .malformed),
        claim("exp", "9223372036854775808", .malformed), claim("exp", "-9223372036854775808", .malformed),
        claim("exp", String(repeating: "9", count: 400), .malformed), claim("exp", "1e308", .malformed),
        claim("exp", "+1767225900", .malformed), claim("exp", "0x6955F9AC", .malformed),
        claim("exp", "NaN", .malformed),
        claim("exp", "Infinity", .malformed), claim("exp", "1767225900.0", .malformed),
        time("nbf", 31, .notYetValid), time("nbf", 3600, .notYetValid), claim("nbf", "999999999999", .notYetValid),
        time("iat", 31, .notYetValid), time("iat", 3600, .notYetValid), claim("iat", "999999999999", .notYetValid),
        claim("nbf", "1767225600000", .malformed), claim("iat", "1767225600000", .malformed),
    ]
}

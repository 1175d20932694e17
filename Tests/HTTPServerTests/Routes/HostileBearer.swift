import Core
import Crypto
import Foundation
import Testing

@testable import Auth

/// A text that is no access token, and what is wrong with it.
struct HostileBearer {
    let name: String
    let text: String

    /// None has white space at its end, which is no part of a header's value.
    static func all(_ forger: TokenForger) throws -> [HostileBearer] {
        try headers(forger) + signatures(forger) + forms(forger) + claims(forger)
    }

    private static func headers(_ forger: TokenForger) throws -> [HostileBearer] {
        let algorithms = ["none", "None", "", "es256", "ES384", "ES512", "RS256", "PS256", "EdDSA", "HS256", "ES256K"]
        let types = ["JWT", "at+JWT", "application/at+jwt", "id+jwt", ""]
        let keyNames = ["", "other", "../../../../dev/null", "' or '1'='1", "\(forger.key.keyID)="]
        let members = [
            #""jku":"https://evil.example.org/keys""#, #""jwk":{}"#, #""x5u":"x""#, #""x5c":["x"]"#, #""x5t":"x""#,
            #""crit":["b64"]"#, #""crit":"exp""#, #""b64":false"#, #""zip":"DEF""#, #""cty":"JWT""#, #""enc":"x""#,
            #""p2c":2147483647"#, #""alg":"none""#, #""kid":"other""#, #""typ":"JWT""#,
        ]
        let wrong = ["alg", "typ", "kid"].flatMap { name in ["1", "null", #"["x"]"#].map { (name, $0) } }
        let values =
            algorithms.map { ("alg", "\"\($0)\"") } + types.map { ("typ", "\"\($0)\"") }
            + keyNames.map { ("kid", "\"\($0)\"") } + wrong
        let texts =
            members.map { "{\($0),\(forger.header.dropFirst())" }
            + ["", "{}", "[]", "null", "\u{FEFF}\(forger.header)", "\(forger.header)x"]
        return try values.map { HostileBearer(name: "\($0.0): \($0.1)", text: try forger.header($0.0, $0.1)) }
            + texts.map { HostileBearer(name: "header \($0.prefix(30))", text: try forger.text(header: $0)) }
    }

    private static func signatures(_ forger: TokenForger) throws -> [HostileBearer] {
        let (key, zero) = (forger.key, [UInt8](repeating: 0, count: 32))
        let foreign = P256.Signing.PrivateKey()
        let signatures: [(String, ([UInt8]) throws -> [UInt8])] = [
            ("none", { _ in [] }), ("zeros", { _ in zero + zero }),
            ("all bits", { _ in [UInt8](repeating: 0xFF, count: 64) }),
            ("of another key", { Array(try foreign.signature(for: $0).rawRepresentation) }),
            ("in DER", { Array(try key.privateKey.signature(for: $0).derRepresentation) }),
            ("cut", { try key.privateKey.signature(for: $0).rawRepresentation.dropLast() }),
            ("extended", { Array(try key.privateKey.signature(for: $0).rawRepresentation) + [0] }),
            (
                "swapped",
                { signed in
                    let right = Array(try key.privateKey.signature(for: signed).rawRepresentation)
                    return [UInt8](right.suffix(32)) + right.prefix(32)
                }
            ),
            ("over SHA-512", { Array(try key.privateKey.signature(for: SHA512.hash(data: $0)).rawRepresentation) }),
        ]
        let secrets: [(String, Data)] = [
            ("PEM", Data(key.publicKey.pemRepresentation.utf8)), ("DER", key.publicKey.derRepresentation),
            ("both coordinates", key.publicKey.rawRepresentation), ("nothing", Data()), ("secret", Data("secret".utf8)),
        ]
        let other = try forger.claim("jti", #""another""#).split(separator: ".")
        return try signatures.map { name, sign in
            HostileBearer(name: "signature \(name)", text: try forger.text(signature: sign))
        }
            + secrets.map { HostileBearer(name: "HS256 with \($0)", text: try forger.keyed($1)) }
            + [
                HostileBearer(
                    name: "another token's claims", text: "\(forger.parts[0]).\(other[1]).\(forger.parts[2])"),
                HostileBearer(
                    name: "another token's signature", text: "\(forger.parts[0]).\(forger.parts[1]).\(other[2])"),
                HostileBearer(
                    name: "alg none without a signature",
                    text: try forger.text(
                        header: forger.header.replacing("ES256", with: "none"), signature: { _ in [] })),
            ]
    }

    private static func forms(_ forger: TokenForger) -> [HostileBearer] {
        let (text, parts) = (forger.token, forger.parts)
        return [
            ".", "..", "a.b.c", "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).", ".\(text)", "\(text).",
            "\(text).x", "\(text).x.y", "\(parts[0])..\(parts[2])", "\(text)=", "\(parts[0])=.\(parts[1]).\(parts[2])",
            " \(text)", parts.joined(separator: " ."), parts.joined(separator: ".\t"), "\u{FEFF}\(text)",
            parts.joined(separator: "\u{FF0E}"), "\(text)\u{301}", "\u{301}\(text)", "\(text)\u{200B}",
            "Bearer \(text)",
            "\"\(text)\"", "\(text),\(text)", parts.joined(separator: "%2E"), "\(text)+/",
            String(repeating: "a", count: 5000), String(repeating: ".", count: 4000),
        ].map { HostileBearer(name: "form \($0.prefix(20))…\($0.suffix(8))", text: $0) }
    }

    private static func claims(_ forger: TokenForger) throws -> [HostileBearer] {
        try types(forger) + values(forger) + texts(forger)
    }

    private static func types(_ forger: TokenForger) throws -> [HostileBearer] {
        try ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"].flatMap { name in
            try ["null", "true", "{}", #"["x"]"#, "-1", "1.5"].map { try claim(forger, name, $0) }
        }
    }

    private static func values(_ forger: TokenForger) throws -> [HostileBearer] {
        let (issuer, now) = (TestAPI.origin, try #require(FlatJSON(Array(forger.claims.utf8))?.number("iat")))
        let texts = [
            "iss": ["\(issuer)/", "\(issuer).evil.org", issuer.uppercased(), "https://evil.example.org", ""],
            "aud": ["Test", "test ", "tes", "tests", ""],
            "sub": ["admin", "*", "", "00000000-0000-0000-0000-00000000000g"],
            "sid": ["admin", "*", "", "00000000-0000-0000-0000-00000000000g"],
            "exp": ["\(now + 300)"],
        ]
        let numbers = [
            ("exp", "\(now)"), ("exp", "0"), ("exp", "\(now - 300)"), ("exp", "9223372036854775808"), ("exp", "1e308"),
            ("nbf", "\(now + 31)"), ("iat", "\(now + 31)"), ("aud", #"["test"]"#),
        ]
        return try texts.sorted { $0.key < $1.key }.flatMap { name, values in
            try values.map { try claim(forger, name, "\"\($0)\"") }
        } + numbers.map { try claim(forger, $0.0, $0.1) }
    }

    private static func texts(_ forger: TokenForger) throws -> [HostileBearer] {
        let inner = forger.claims.dropFirst().dropLast()
        return try [
            "", "{}", "[]", "null", "[\(forger.claims)]", "\u{FEFF}\(forger.claims)", "\(forger.claims)x",
            "{\(inner),\"role\":\"admin\"}", "{\(inner),\"scope\":\"users:write\"}", "{\(inner),\"sub\":\"admin\"}",
            "{\(inner),\"exp\":999999999999}", "{\(inner),}", forger.claims.replacing("\"sub\"", with: #""s\u0075b""#),
        ].map { HostileBearer(name: "claims \($0.suffix(30))", text: try forger.text(claims: $0)) }
    }

    private static func claim(_ forger: TokenForger, _ name: String, _ value: String) throws -> HostileBearer {
        HostileBearer(name: "claim \(name): \(value)", text: try forger.claim(name, value))
    }
}

import Core
import Crypto
import CryptoExtras
import Foundation

@testable import Auth

extension HostileIDToken {
    static let headers: [HostileIDToken] =
        ["none", "None", "NONE", "nOnE", "", "es256", "ES384", "ES512", "ES256K", "EdDSA", "HS256", "HS512", "RS512"]
        .map {
            header("alg", $0.quoted, .wrongAlgorithm)
        } + [
            header("alg", nil, .malformed), header("alg", "null", .malformed), header("alg", "256", .malformed),
            header("alg", "[\"ES256\"]", .malformed),
            HostileIDToken("alg none without a signature", .wrongAlgorithm) {
                try $0.token().header("alg", "none".quoted).parts()[0...1].joined(separator: ".") + "."
            },
            HostileIDToken("no signature", .badSignature) {
                try $0.token().parts()[0...1].joined(separator: ".") + "."
            },
            header("kid", "other".quoted, .unknownKey), header("kid", "".quoted, .unknownKey),
            header("kid", "E1".quoted, .unknownKey), header("kid", "1", .malformed), header("kid", "null", .malformed),
            header("kid", "[\"e1\"]", .malformed),
            header("jku", "https://evil.example.org/keys".quoted, .forbiddenHeader),
            header("x5u", "https://evil.example.org/cert".quoted, .forbiddenHeader),
            header("x5c", "[\"MII\"]", .forbiddenHeader), header("crit", "[\"exp\"]", .forbiddenHeader),
            header("crit", "[]", .forbiddenHeader), header("b64", "false", .forbiddenHeader),
            header("b64", "true", .forbiddenHeader),
            HostileIDToken("a key of its own in the header", .forbiddenHeader) {
                let own = TestOpenIDKey.ec()
                return try $0.token(own).header("jwk", own.published.text).text()
            },
            header("typ", "at+jwt".quoted, .wrongType), header("typ", "logout+jwt".quoted, .wrongType),
            header("typ", "".quoted, .wrongType), header("typ", "null", .wrongType), header("typ", "1", .wrongType),
        ]

    static let signatures: [HostileIDToken] = [
        HostileIDToken("signed with another EC key of that name", .badSignature) { try $0.token(.ec()).text() },
        HostileIDToken("another token's signature", .badSignature) {
            let other = try $0.token().claim("sub", "admin".quoted).parts()
            return try "\(other[0]).\(other[1]).\($0.token().parts()[2])"
        },
        HostileIDToken("a DER signature", .badSignature) { fixture in
            try fixture.token().text { _ in
                Array(try P256.Signing.PrivateKey().signature(for: [UInt8]()).derRepresentation)
            }
        },
        HostileIDToken("zeros for a signature", .badSignature) {
            try $0.token().text { _ in [UInt8](repeating: 0, count: 64) }
        },
        HostileIDToken("zeros for an RSA signature", .badSignature) {
            try $0.token($0.rsa).text { _ in [UInt8](repeating: 0, count: 256) }
        },
        HostileIDToken("a short RSA signature", .badSignature) { fixture in
            try fixture.token(fixture.rsa).text { try fixture.rsa.sign($0).dropLast() }
        },
        HostileIDToken("RS256 with the EC key", .wrongAlgorithm) {
            try $0.token($0.ec).header("alg", "RS256".quoted).text()
        },
        HostileIDToken("ES256 with the RSA key", .wrongAlgorithm) {
            try $0.token($0.rsa).header("alg", "ES256".quoted).text()
        },
        HostileIDToken("RSA's signature under the EC key's name", .badSignature) { fixture in
            try fixture.token().text { try fixture.rsa.sign($0) }
        },
        HostileIDToken("PS256", .wrongAlgorithm) { fixture in
            try fixture.token(fixture.rsa).header("alg", "PS256".quoted).text {
                Array(try TestOpenIDKey.rsaPrivateKey.signature(for: $0, padding: .PSS).rawRepresentation)
            }
        },
        HostileIDToken("PSS under the name of RS256", .badSignature) { fixture in
            try fixture.token(fixture.rsa).text {
                Array(try TestOpenIDKey.rsaPrivateKey.signature(for: $0, padding: .PSS).rawRepresentation)
            }
        },
        HostileIDToken("RS512", .wrongAlgorithm) { fixture in
            try fixture.token(fixture.rsa).header("alg", "RS512".quoted).text {
                let digest = SHA512.hash(data: $0)
                return Array(
                    try TestOpenIDKey.rsaPrivateKey.signature(for: digest, padding: .insecurePKCS1v1_5)
                        .rawRepresentation)
            }
        },
        HostileIDToken("RS512's signature under the name of RS256", .badSignature) { fixture in
            try fixture.token(fixture.rsa).text {
                let digest = SHA512.hash(data: $0)
                return Array(
                    try TestOpenIDKey.rsaPrivateKey.signature(for: digest, padding: .insecurePKCS1v1_5)
                        .rawRepresentation)
            }
        },
        keyed("the public key as PEM") { Array(try TestOpenIDKey.rsaPrivateKey.publicKey.pemRepresentation.utf8) },
        keyed("the public key as DER") { Array(try TestOpenIDKey.rsaPrivateKey.publicKey.derRepresentation) },
        keyed("the modulus") { Array(try TestOpenIDKey.rsaPrivateKey.publicKey.getKeyPrimitives().modulus) },
        keyed("the client's secret") { Array("s3cret".utf8) },
        keyed("nothing") { [] },
    ]
}

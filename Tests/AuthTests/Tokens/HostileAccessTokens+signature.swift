import Core
import Crypto
import Foundation

@testable import Auth

extension HostileAccessToken {
    /// Made with bytes that everybody knows, in place of a key.
    static let symmetric = [
        keyed("the public key as PEM") { Array($0.publicKey.pemRepresentation.utf8) },
        keyed("the public key as PEM with a line break") { Array(($0.publicKey.pemRepresentation + "\n").utf8) },
        keyed("the public key as DER") { Array($0.publicKey.derRepresentation) },
        keyed("the public key's point") { Array($0.publicKey.x963Representation) },
        keyed("the public key's compressed point") { Array($0.publicKey.compressedRepresentation) },
        keyed("both coordinates") { Array($0.publicKey.rawRepresentation) },
        keyed("the first coordinate") { Array($0.publicKey.rawRepresentation.prefix(32)) },
        keyed("the second coordinate") { Array($0.publicKey.rawRepresentation.suffix(32)) },
        keyed("the first coordinate's text") { Array(JSONWebKey($0).x.utf8) },
        keyed("the published key") { Array(try JSONEncoder().encode(JSONWebKey($0))) },
        keyed("the key's name") { Array($0.keyID.utf8) }, keyed("the issuer") { _ in Array(TestTokens.issuer.utf8) },
        keyed("a usual secret") { _ in Array("secret".utf8) }, keyed("nothing") { _ in [] },
        keyed("a zero byte") { _ in [0] },
        HostileAccessToken("HS384 with the public key", .wrongAlgorithm) {
            let secret = SymmetricKey(data: $0.key.publicKey.derRepresentation)
            return try $0.draft().header("alg", "HS384".quoted).text {
                Array(HMAC<SHA384>.authenticationCode(for: $0, using: secret))
            }
        },
        HostileAccessToken("HS512 with the public key", .wrongAlgorithm) {
            let secret = SymmetricKey(data: $0.key.publicKey.derRepresentation)
            return try $0.draft().header("alg", "HS512".quoted).text {
                Array(HMAC<SHA512>.authenticationCode(for: $0, using: secret))
            }
        },
        HostileAccessToken("HS512's 64 bytes under the name of ES256", .badSignature) {
            let secret = SymmetricKey(data: $0.key.publicKey.derRepresentation)
            return try $0.draft().text { Array(HMAC<SHA512>.authenticationCode(for: $0, using: secret)) }
        },
    ]

    private static func keyed(
        _ description: String, _ bytes: @escaping @Sendable (SigningKey) throws -> [UInt8]
    ) -> HostileAccessToken {
        HostileAccessToken("HS256 with \(description)", .wrongAlgorithm) { installation in
            let secret = SymmetricKey(data: try bytes(installation.key))
            return try installation.draft().header("alg", "HS256".quoted).text {
                Array(HMAC<SHA256>.authenticationCode(for: $0, using: secret))
            }
        }
    }

    static let signatures = numbers + lengths + others

    /// How many points the curve has (FIPS 186-5): neither number of a signature reaches it.
    private static let order: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ]
    private static let zero = [UInt8](repeating: 0, count: 32)
    private static let one = [UInt8](zero.dropLast() + [1])

    private static let numbers = [
        signature("both zero") { _ in zero + zero }, signature("the first zero") { zero + $0.suffix(32) },
        signature("the second zero") { $0.prefix(32) + zero }, signature("both the order") { _ in order + order },
        signature("the first the order") { order + $0.suffix(32) },
        signature("the second the order") { $0.prefix(32) + order },
        signature("the order and zero") { _ in order + zero }, signature("both one") { _ in one + one },
        signature("one and zero") { _ in one + zero },
        signature("all bits") { _ in [UInt8](repeating: 0xFF, count: 64) },
        signature("swapped") { [UInt8]($0.suffix(32)) + $0.prefix(32) },
        signature("the first twice") { [UInt8]($0.prefix(32)) + $0.prefix(32) },
        signature("the first bit turned") { [$0[0] ^ 0x80] + $0.dropFirst() },
        signature("the last bit turned") { $0.dropLast() + [$0[63] ^ 1] },
        signature("backwards") { $0.reversed() },
    ]

    private static let lengths = [
        signature("none") { _ in [] }, signature("one byte") { Array($0.prefix(1)) },
        signature("half") { Array($0.prefix(32)) }, signature("one byte short") { $0.dropLast() },
        signature("without the first byte") { Array($0.dropFirst()) }, signature("one byte more") { $0 + [0] },
        signature("a zero before") { [0] + $0 },
        signature("zeros before each number") { [0] + $0.prefix(32) + [0] + $0.suffix(32) },
        signature("twice") { $0 + $0 }, signature("96 bytes, as of ES384") { $0 + zero },
        signature("132 bytes, as of ES512") { $0 + [UInt8](repeating: 0, count: 68) },
        HostileAccessToken("signature: in DER", .badSignature) { installation in
            try installation.draft().text {
                Array(try installation.key.privateKey.signature(for: $0).derRepresentation)
            }
        },
    ]

    private static let others = [
        HostileAccessToken("signature: of another key", .badSignature) {
            try $0.draft().signed(with: $0.foreign).text()
        },
        HostileAccessToken("signature: of a P-384 key", .badSignature) {
            try $0.draft().text { Array(try P384.Signing.PrivateKey().signature(for: $0).rawRepresentation) }
        },
        HostileAccessToken("signature: of an Ed25519 key", .badSignature) {
            try $0.draft().text { Array(try Curve25519.Signing.PrivateKey().signature(for: $0)) }
        },
        HostileAccessToken("signature: over SHA-512", .badSignature) { installation in
            try installation.draft().text {
                Array(try installation.key.privateKey.signature(for: SHA512.hash(data: $0)).rawRepresentation)
            }
        },
        HostileAccessToken("signature: over the hash once more", .badSignature) { installation in
            try installation.draft().text {
                Array(try installation.key.privateKey.signature(for: Array(SHA256.hash(data: $0))).rawRepresentation)
            }
        },
        HostileAccessToken("signature: over nothing", .badSignature) { installation in
            try installation.draft().text { _ in
                Array(try installation.key.privateKey.signature(for: [UInt8]()).rawRepresentation)
            }
        },
        HostileAccessToken("signature: over the claims alone", .badSignature) { installation in
            let claims = installation.draft().claims.bytes
            return try installation.draft().text { _ in
                Array(try installation.key.privateKey.signature(for: claims).rawRepresentation)
            }
        },
        HostileAccessToken("signature: over the texts before base64", .badSignature) { installation in
            let draft = installation.draft()
            let signature = try installation.key.privateKey.signature(for: draft.header.bytes + draft.claims.bytes)
            return try draft.text { _ in Array(signature.rawRepresentation) }
        },
        HostileAccessToken("signature: of another token", .badSignature) {
            let other = try $0.draft().claim("sub", $0.tokens.session.description.quoted).parts()
            let parts = try $0.draft().parts()
            return "\(parts[0]).\(parts[1]).\(other[2])"
        },
        HostileAccessToken("claims: of another token", .badSignature) {
            let other = try $0.draft().claim("sub", $0.tokens.session.description.quoted).parts()
            let parts = try $0.draft().parts()
            return "\(parts[0]).\(other[1]).\(parts[2])"
        },
        HostileAccessToken("claims: a longer life", .badSignature) {
            let other = try $0.draft().claim("exp", "\($0.now.seconds + 86_400)").parts()
            let parts = try $0.draft().parts()
            return "\(parts[0]).\(other[1]).\(parts[2])"
        },
        HostileAccessToken("header: of another installation's token", .unknownKey) {
            let other = try $0.draft(naming: $0.foreign).parts()
            let parts = try $0.draft().parts()
            return "\(other[0]).\(parts[1]).\(parts[2])"
        },
        HostileAccessToken("header: the same in another order", .badSignature) {
            let draft = $0.draft()
            let header = RawObject(["typ": "at+jwt".quoted, "alg": "ES256".quoted, "kid": $0.key.keyID.quoted])
            let parts = try draft.parts()
            return "\(Base64URL.encode(header.bytes)).\(parts[1]).\(parts[2])"
        },
    ]
}

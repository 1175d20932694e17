import Core
import Crypto
import CryptoExtras
import Foundation

/// A key of a provider and its public part as it is published.
struct TestOpenIDKey: Sendable {
    let published: RawObject
    let header: RawObject
    let sign: @Sendable ([UInt8]) throws -> [UInt8]

    /// Made once: it takes a while.
    private static let rsaKey = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }
    private static let weakRSAKey = Result { try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: 1024)) }

    static var rsaPrivateKey: _RSA.Signing.PrivateKey {
        get throws { try rsaKey.get() }
    }

    static func rsa(id: String = "r1") throws -> TestOpenIDKey {
        try rsa(rsaKey.get(), id: id)
    }

    /// Of 1024 bits.
    static func weakRSA(id: String = "w1") throws -> TestOpenIDKey {
        try rsa(weakRSAKey.get(), id: id)
    }

    static func ec(_ key: P256.Signing.PrivateKey = P256.Signing.PrivateKey(), id: String = "e1") -> TestOpenIDKey {
        let raw = Array(key.publicKey.rawRepresentation)
        return TestOpenIDKey(
            published: RawObject([
                "kty": "EC".quoted, "crv": "P-256".quoted, "use": "sig".quoted, "alg": "ES256".quoted,
                "kid": id.quoted, "x": Base64URL.encode(raw.prefix(32)).quoted,
                "y": Base64URL.encode(raw.suffix(32)).quoted,
            ]), header: header("ES256", id: id), sign: { Array(try key.signature(for: $0).rawRepresentation) })
    }

    static func header(_ algorithm: String, id: String) -> RawObject {
        RawObject(["alg": algorithm.quoted, "kid": id.quoted, "typ": "JWT".quoted])
    }

    static func published(n: [UInt8], e: [UInt8], id: String = "r1") -> RawObject {
        RawObject([
            "kty": "RSA".quoted, "use": "sig".quoted, "alg": "RS256".quoted, "kid": id.quoted,
            "n": Base64URL.encode(n).quoted, "e": Base64URL.encode(e).quoted,
        ])
    }

    private static func rsa(_ key: _RSA.Signing.PrivateKey, id: String) throws -> TestOpenIDKey {
        let numbers = try key.publicKey.getKeyPrimitives()
        return TestOpenIDKey(
            published: published(n: Array(numbers.modulus), e: Array(numbers.publicExponent), id: id),
            header: header("RS256", id: id),
            sign: { Array(try key.signature(for: $0, padding: .insecurePKCS1v1_5).rawRepresentation) })
    }
}

import Core
import Crypto
import Foundation

/// A public key as `/.well-known/jwks.json` shows it (RFC 7517, RFC 7518 section 6.2.1).
public struct JSONWebKey: Sendable, Hashable, Codable {
    public let kty: String
    public let crv: String
    /// The coordinates, base64url of 32 bytes each.
    public let x: String
    public let y: String
    public let alg: String
    public let use: String
    public let kid: String

    init(_ key: SigningKey) {
        (x, y) = Self.coordinates(of: key.publicKey)
        (kty, crv, alg, use) = ("EC", "P-256", AccessToken.algorithm, "sig")
        kid = key.keyID
    }

    /// SHA-256 of the key's required members in their one order, base64url (RFC 7638).
    static func thumbprint(of key: P256.Signing.PublicKey) -> String {
        let (x, y) = coordinates(of: key)
        let members = #"{"crv":"P-256","kty":"EC","x":"\#(x)","y":"\#(y)"}"#
        return Base64URL.encode(Array(SHA256.hash(data: Array(members.utf8))))
    }

    private static func coordinates(of key: P256.Signing.PublicKey) -> (x: String, y: String) {
        let raw = Array(key.rawRepresentation)
        return (Base64URL.encode(raw.prefix(raw.count / 2)), Base64URL.encode(raw.suffix(raw.count / 2)))
    }
}

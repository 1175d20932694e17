import Core
import Crypto
import Foundation

@testable import Auth

/// An access token in the making, by somebody who holds a key that signs.
struct AccessTokenDraft: Sendable {
    var header: RawObject
    var claims: RawObject
    var key: P256.Signing.PrivateKey

    func header(_ name: String, _ value: String?) -> AccessTokenDraft {
        var other = self
        other.header = header.with(name, value)
        return other
    }

    func claim(_ name: String, _ value: String?) -> AccessTokenDraft {
        var other = self
        other.claims = claims.with(name, value)
        return other
    }

    func signed(with key: P256.Signing.PrivateKey) -> AccessTokenDraft {
        var other = self
        other.key = key
        return other
    }

    /// Rightly signed, over other texts where there are any.
    func text(header: String? = nil, claims: String? = nil) throws -> String {
        try text(header: header.map { Array($0.utf8) }, claims: claims.map { Array($0.utf8) })
    }

    /// Rightly signed, over other bytes where there are any.
    func text(header: [UInt8]?, claims: [UInt8]?) throws -> String {
        try Self.text(header: header ?? self.header.bytes, claims: claims ?? self.claims.bytes) { signed in
            Array(try key.signature(for: signed).rawRepresentation)
        }
    }

    /// With another signature.
    func text(signature: ([UInt8]) throws -> [UInt8]) throws -> String {
        try Self.text(header: header.bytes, claims: claims.bytes, signature)
    }

    /// With what `change` makes of the right signature's 64 bytes.
    func textWithSignature(_ change: ([UInt8]) -> [UInt8]) throws -> String {
        try text { signed in change(Array(try key.signature(for: signed).rawRepresentation)) }
    }

    /// The three parts of the right token, to be put together otherwise.
    func parts() throws -> [String] {
        try text().split(separator: ".").map(String.init)
    }

    private static func text(
        header: [UInt8], claims: [UInt8], _ sign: ([UInt8]) throws -> [UInt8]
    ) throws -> String {
        let signed = [header, claims].map { Base64URL.encode($0) }.joined(separator: ".")
        return try "\(signed).\(Base64URL.encode(sign(Array(signed.utf8))))"
    }
}

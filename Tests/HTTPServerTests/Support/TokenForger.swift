import Core
import Crypto
import Fakes
import Foundation
import Testing

@testable import Auth

/// Makes tokens of a right one, with the installation's key.
struct TokenForger {
    let token: String
    let header: String
    let claims: String
    let key: SigningKey

    init(_ api: TestAPI, _ token: String) throws {
        let parts = try token.split(separator: ".").prefix(2).map { part in
            String(decoding: try #require(Base64URL.decode(part)), as: UTF8.self)
        }
        self.token = token
        (header, claims) = (parts[0], parts[1])
        key = try #require(api.installation.ring.keys.signer(at: api.time.now))
    }

    var parts: [String] { token.split(separator: ".").map(String.init) }

    /// Rightly signed, over other texts where there are any.
    func text(header: String? = nil, claims: String? = nil) throws -> String {
        try text(header: header, claims: claims) { Array(try key.privateKey.signature(for: $0).rawRepresentation) }
    }

    /// With another signature.
    func text(
        header: String? = nil, claims: String? = nil, signature: ([UInt8]) throws -> [UInt8]
    ) throws -> String {
        let signed = [header ?? self.header, claims ?? self.claims].map { Base64URL.encode(Array($0.utf8)) }
            .joined(separator: ".")
        return try "\(signed).\(Base64URL.encode(signature(Array(signed.utf8))))"
    }

    /// Rightly signed, with the header's member of this name replaced.
    func header(_ name: String, _ value: String) throws -> String {
        try text(header: Self.replacing(name, with: value, in: header))
    }

    /// Rightly signed, with the claim of this name replaced.
    func claim(_ name: String, _ value: String) throws -> String {
        try text(claims: Self.replacing(name, with: value, in: claims))
    }

    /// With the code of a secret that is none, in place of a signature.
    func keyed(_ secret: some ContiguousBytes) throws -> String {
        let key = SymmetricKey(data: secret)
        return try text(header: Self.replacing("alg", with: #""HS256""#, in: header)) {
            Array(HMAC<SHA256>.authenticationCode(for: $0, using: key))
        }
    }

    private static func replacing(_ name: String, with value: String, in object: String) throws -> String {
        let member = try #require(object.firstMatch(of: try Regex(#""\#(name)":("[^"]*"|[0-9]+)"#))).range
        return object.replacingCharacters(in: member, with: #""\#(name)":\#(value)"#)
    }
}

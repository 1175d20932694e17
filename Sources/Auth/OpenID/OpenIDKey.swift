import Core
import Crypto
import CryptoExtras
import Foundation

/// A public key of a provider (RFC 7517), fit for verifying ID tokens with one algorithm.
struct OpenIDKey: Sendable {
    /// Shorter moduli are too weak (RFC 7518 section 3.3), longer ones too slow.
    static let modulusLengths = 2048...8192  // bits
    /// Larger exponents only cost time.
    static let longestExponent = 4  // bytes
    private static let coordinateLength = 32  // bytes

    private enum Material {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
    }

    let id: String?
    let algorithm: OpenIDAlgorithm
    /// Tells keys apart: the numbers they are made of.
    let numbers: [[UInt8]]
    private let material: Material

    /// Nil for a key of another kind, for another use, too weak, or with its private part in the open.
    init?(_ members: [String: StrictJSON]) {
        guard Self.isForVerifying(members) else { return nil }
        if let value = members["kid"] {
            guard let id = value.text else { return nil }
            self.id = id
        } else {
            id = nil
        }
        switch members["kty"]?.text {
        case "RSA":
            guard let n = Self.number(members["n"]), let e = Self.number(members["e"]), Self.isModulus(n),
                Self.isExponent(e), let key = try? _RSA.Signing.PublicKey(n: n, e: e)
            else { return nil }
            (algorithm, numbers, material) = (.rs256, [n, e], .rsa(key))
        case "EC":
            guard members["crv"]?.text == "P-256", let x = Self.coordinate(members["x"]),
                let y = Self.coordinate(members["y"]),
                let key = try? P256.Signing.PublicKey(rawRepresentation: x + y)
            else { return nil }
            (algorithm, numbers, material) = (.es256, [x, y], .p256(key))
        default:
            return nil
        }
        if let value = members["alg"], value.text != algorithm.rawValue { return nil }
    }

    func isValidSignature(_ signature: [UInt8], for signed: [UInt8]) -> Bool {
        switch material {
        case .rsa(let key):
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature), for: signed, padding: .insecurePKCS1v1_5)
        case .p256(let key):
            // 64 bytes, both numbers one after the other (RFC 7518 section 3.4).
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: signed)
        }
    }

    /// RFC 7517 sections 4.2 and 4.3; a private part that is published signs for anybody.
    private static func isForVerifying(_ members: [String: StrictJSON]) -> Bool {
        if let use = members["use"], use.text != "sig" { return false }
        if let operations = members["key_ops"], operations.texts?.contains("verify") != true { return false }
        return members["d"] == nil
    }

    /// A number without the zeros that some libraries write before it (RFC 7518 section 6.3.1.1).
    private static func number(_ value: StrictJSON?) -> [UInt8]? {
        value?.text.flatMap { Base64URL.decode($0) }.map { Array($0.drop { $0 == 0 }) }
    }

    private static func coordinate(_ value: StrictJSON?) -> [UInt8]? {
        value?.text.flatMap { Base64URL.decode($0) }.flatMap { $0.count == coordinateLength ? $0 : nil }
    }

    private static func isModulus(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return modulusLengths.contains(bytes.count * 8 - first.leadingZeroBitCount) && last & 1 == 1
    }

    /// Odd and at least 3: with 1 a signature is what it signs.
    private static func isExponent(_ bytes: [UInt8]) -> Bool {
        guard let last = bytes.last, bytes.count <= longestExponent else { return false }
        return last & 1 == 1 && bytes != [1]
    }
}

import Core
import Crypto
import Foundation

/// The public key of a passkey, read from and kept as the COSE_Key (RFC 9052 section 7, RFC 9053 sections 2 and 7) that
/// its authenticator sent.
public struct PasskeyPublicKey: Sendable {
    /// DER of two numbers of at most 33 bytes, for ES256.
    static let longestSignatureInBytes = 72
    private static let coordinateLength = 32

    private enum Key: Sendable {
        case p256(P256.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
    }

    /// The COSE_Key, 77 bytes for ES256 and 42 for EdDSA.
    public let bytes: [UInt8]
    private let key: Key

    /// Reads what ``bytes`` of another key were.
    public init(_ bytes: [UInt8]) throws(PasskeyProblem) {
        guard let item = CBORReader.item(bytes) else { throw .malformedKey }
        try self.init(item, bytes: bytes)
    }

    /// - Parameter bytes: What `item` was read from.
    init(_ item: CBORValue, bytes: [UInt8]) throws(PasskeyProblem) {
        guard let parameters = item.map, let type = parameters[.type]?.integer,
            let number = parameters[.algorithm]?.integer
        else { throw .malformedKey }
        self.bytes = bytes
        switch (PasskeyAlgorithm(rawValue: number), type, parameters[.curve]?.integer) {
        case (.es256, 2, 1): key = .p256(try Self.p256(parameters))
        case (.edDSA, 1, 6): key = .ed25519(try Self.ed25519(parameters))
        case (.es256, 2, nil), (.edDSA, 1, nil): throw .malformedKey
        default: throw .unsupportedKey
        }
    }

    public var algorithm: PasskeyAlgorithm {
        switch key {
        case .p256: .es256
        case .ed25519: .edDSA
        }
    }

    /// Whether the passkey signed `message`. Signatures of ES256 are in DER (WebAuthn section 6.5.5).
    func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard !signature.isEmpty, signature.count <= Self.longestSignatureInBytes else { return false }
        switch key {
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: message)
        case .ed25519(let key):
            return key.isValidSignature(signature, for: message)
        }
    }

    /// Exactly the parameters of an uncompressed point: WebAuthn (section 6.5.1) allows no optional ones.
    private static func p256(_ parameters: [CBORValue.Key: CBORValue]) throws(PasskeyProblem) -> P256.Signing.PublicKey
    {
        guard Set(parameters.keys) == [.type, .algorithm, .curve, .x, .y], let x = parameters[.x]?.bytes,
            let y = parameters[.y]?.bytes, x.count == coordinateLength, y.count == coordinateLength,
            let key = try? P256.Signing.PublicKey(rawRepresentation: x + y)
        else { throw .malformedKey }
        return key
    }

    private static func ed25519(
        _ parameters: [CBORValue.Key: CBORValue]
    ) throws(PasskeyProblem) -> Curve25519.Signing.PublicKey {
        guard Set(parameters.keys) == [.type, .algorithm, .curve, .x], let x = parameters[.x]?.bytes,
            x.count == coordinateLength, !Ed25519Points.isOfSmallOrder(x),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: x)
        else { throw .malformedKey }
        return key
    }
}

extension PasskeyPublicKey: Equatable {
    public static func == (left: PasskeyPublicKey, right: PasskeyPublicKey) -> Bool {
        left.bytes == right.bytes
    }
}

/// Labels of COSE key parameters.
extension CBORValue.Key {
    fileprivate static let type = CBORValue.Key.integer(1)
    fileprivate static let algorithm = CBORValue.Key.integer(3)
    fileprivate static let curve = CBORValue.Key.integer(-1)
    fileprivate static let x = CBORValue.Key.integer(-2)
    fileprivate static let y = CBORValue.Key.integer(-3)
}

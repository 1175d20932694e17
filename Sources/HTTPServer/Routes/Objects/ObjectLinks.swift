public import Auth
public import Core
import Crypto
import Foundation

/// The addresses at which this server serves grants of its own object store: the grant itself, signed under the master
/// keys, so that nothing needs to be kept of it.
public struct ObjectLinks: Sendable {
    private static let keyPurpose = "object-link"
    /// Of a file name, in bytes: the address stays short enough for every client.
    private static let longestName = 300

    private let keys: MasterKeys
    private let baseURL: String

    /// - Parameter baseURL: Where people reach the server, without a slash at the end.
    public init(keys: MasterKeys, baseURL: String) {
        self.keys = keys
        self.baseURL = baseURL
    }

    public func url(for grant: ObjectGrant) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = Array(try encoder.encode(Text(grant)))
        let signature = Self.signature(of: text, key: keys.derive(Self.keyPurpose))
        return "\(baseURL)/objects/\(Base64URL.encode(text)).\(Base64URL.encode(signature))"
    }

    /// What the last part of the address grants; nil where it was not made here, was changed or has expired.
    func grant(in token: String, at now: Timestamp) -> ObjectGrant? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let text = Base64URL.decode(String(parts[0])),
            let signature = Base64URL.decode(String(parts[1])),
            keys.deriveAll(Self.keyPurpose).contains(where: {
                ConstantTime.equal(Self.signature(of: text, key: $0), signature)
            }),
            let grant = (try? JSONDecoder().decode(Text.self, from: Data(text)))?.grant, now < grant.expiresAt
        else { return nil }
        return grant
    }

    private static func signature(of text: [UInt8], key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: text, using: key))
    }

    private static func cut(_ name: String) -> String {
        var name = name
        while name.utf8.count > longestName { name.unicodeScalars.removeLast() }
        return name
    }

    /// A grant as it travels.
    private struct Text: Codable {
        let key: String
        /// Microseconds since 1970.
        let expires: Int64
        var name: String?
        var type: String?
        var limit: Int64?

        init(_ grant: ObjectGrant) {
            key = grant.key.text
            expires = grant.expiresAt.microseconds
            switch grant.action {
            case .read(let fileName): name = fileName.map(cut)
            case .write(let type, let limit): (self.type, self.limit) = (type.text, limit)
            }
        }

        var grant: ObjectGrant? {
            guard let key = ObjectKey(key) else { return nil }
            let expiresAt = Timestamp(microseconds: expires)
            guard let limit else { return ObjectGrant(key: key, action: .read(fileName: name), expiresAt: expiresAt) }
            guard let type = type.flatMap({ MediaType($0) }) else { return nil }
            return ObjectGrant(key: key, action: .write(type: type, limit: limit), expiresAt: expiresAt)
        }
    }
}

import Core
import Crypto
import Foundation

/// The strong entity tag of a body: a hash of it as it is encoded, which is the same for the same content.
enum EntityTag {
    /// Bytes of the SHA-256 that are kept.
    private static let length = 16

    static func of(_ body: [UInt8]) -> String {
        "\"\(Base64URL.encode(Array(SHA256.hash(data: body).prefix(length))))\""
    }

    /// Whether a list of tags (`If-Match`, `If-None-Match`) names this one or any.
    /// - Parameter isWeak: `If-None-Match` compares weakly (RFC 9110, section 8.8.3.2).
    static func matches(_ list: [String], _ tag: String, isWeak: Bool) -> Bool {
        list.flatMap { $0.split(separator: ",") }.contains { item in
            var item = item.trimmingPrefix { $0 == " " || $0 == "\t" }[...]
            while item.last == " " || item.last == "\t" { item.removeLast() }
            if item == "*" { return true }
            return item == tag || (isWeak && item == "W/\(tag)")
        }
    }
}

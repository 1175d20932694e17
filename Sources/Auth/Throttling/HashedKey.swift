import Core
import Crypto
import Foundation

/// Names of counters that tell nobody whom they count: no address in clear is stored.
enum HashedKey {
    /// 128 bits: two keys that meet are out of the question.
    private static let length = 16

    static func text(_ area: String, _ name: String, _ key: String) -> String {
        let hash = SHA256.hash(data: Array("\(area)/\(name)/\(key)".utf8))
        return "\(area)/\(name)/\(HexDigits.encode(hash.prefix(length)))"
    }
}

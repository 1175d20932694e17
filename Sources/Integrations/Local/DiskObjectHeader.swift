import Core
import Foundation

/// What stands at the beginning of an object's file: JSON, filled up with blanks to a fixed size so that it can be
/// written last.
struct DiskObjectHeader: Equatable {
    static let bytes = 4096

    let key: ObjectKey
    let info: ObjectInfo

    init(key: ObjectKey, info: ObjectInfo) {
        self.key = key
        self.info = info
    }

    /// Nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.bytes, let text = try? JSONDecoder().decode(Text.self, from: Data(bytes)),
            let key = ObjectKey(text.key), let type = MediaType(text.type), let hash = HexDigits.decode(text.sha256),
            text.size >= 0
        else { return nil }
        self.key = key
        info = ObjectInfo(
            size: text.size, type: type, sha256: hash, storedAt: Timestamp(microseconds: text.storedAt))
    }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = Text(
            key: key.text, size: info.size, type: info.type.text, sha256: HexDigits.encode(info.sha256),
            storedAt: info.storedAt.microseconds)
        let json = Array(try encoder.encode(text))
        return json + [UInt8](repeating: UInt8(ascii: " "), count: max(0, Self.bytes - json.count))
    }

    private struct Text: Codable {
        let key: String
        let size: Int64
        let type: String
        let sha256: String
        /// Microseconds since 1970.
        let storedAt: Int64
    }
}

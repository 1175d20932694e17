import Core
import Logging

/// One JSON object a line for a collector to read.
struct ProductionLogFormat: LogFormat {
    func line(_ entry: LogEntry) -> String {
        let fields = [
            ("time", entry.time.description), ("level", entry.level.rawValue), ("logger", entry.label),
            ("message", entry.message),
        ]
        var line = "{" + fields.map { "\(Self.quoted($0.0)):\(Self.quoted($0.1))" }.joined(separator: ",")
        if !entry.fields.isEmpty {
            line += ",\"metadata\":"
            Self.append(.dictionary(Dictionary(entry.fields) { $1 }), to: &line)
        }
        return line + "}"
    }

    private static func append(_ value: Logger.MetadataValue, to line: inout String) {
        switch value {
        case .string(let text):
            line += quoted(text)
        case .stringConvertible(let value):
            line += quoted(value.description)
        case .array(let values):
            line += "["
            for (index, value) in values.enumerated() {
                if index > 0 { line += "," }
                append(value, to: &line)
            }
            line += "]"
        case .dictionary(let values):
            line += "{"
            for (index, pair) in values.sorted(by: { $0.key < $1.key }).enumerated() {
                line += (index > 0 ? "," : "") + quoted(pair.key) + ":"
                append(pair.value, to: &line)
            }
            line += "}"
        }
    }

    /// A JSON string (RFC 8259, section 7).
    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes += Array("\\u00".utf8) + Array(HexDigits.encode([byte]).utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
    }
}

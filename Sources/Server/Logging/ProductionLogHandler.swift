import Core
import Logging

/// One JSON object a line for a collector to read.
struct ProductionLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let time: TimeSource
    private let write: @Sendable (String) -> Void

    init(
        label: String, level: Logger.Level, time: TimeSource = .system,
        write: @escaping @Sendable (String) -> Void = { Console.warn($0) }
    ) {
        self.label = label
        logLevel = level
        self.time = time
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let pairs = LogMetadata.merged(metadata, metadataProvider?.get(), event.metadata, error: event.error)
        let fields =
            [
                ("time", "\(time.now())"), ("level", event.level.rawValue), ("logger", label),
                ("message", "\(event.message)"),
            ]
        var line = "{" + fields.map { "\(Self.quoted($0.0)):\(Self.quoted($0.1))" }.joined(separator: ",")
        if !pairs.isEmpty {
            line += ",\"metadata\":"
            Self.append(.dictionary(Dictionary(pairs) { $1 }), to: &line)
        }
        write(line + "}")
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

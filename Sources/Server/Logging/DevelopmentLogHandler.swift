import Core
import Foundation
import Logging

/// One line a message for a person to read: time, level, what happened, where, and `key=value`.
struct DevelopmentLogHandler: LogHandler {
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
        let level = event.level.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
        let line = "\(time.now()) \(level) \(event.message) [\(label)]"
        write(pairs.reduce(Self.onOneLine(line)) { "\($0) \($1.key)=\(Self.onOneLine("\($1.value)"))" })
    }

    /// Without what would begin another line or steer a terminal.
    private static func onOneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { !SingleLine.allows($0) }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { SingleLine.allows($0) ? $0 : " " }))
    }
}

import Core
import Logging

/// Writes each message as one line, in the form of where it runs.
struct ServerLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let format: any LogFormat
    private let time: TimeSource
    private let write: @Sendable (String) -> Void

    init(
        label: String, level: Logger.Level, format: any LogFormat, time: TimeSource = .system,
        write: @escaping @Sendable (String) -> Void = { Console.warn($0) }
    ) {
        self.label = label
        self.format = format
        logLevel = level
        self.time = time
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = LogMetadata.merged(metadata, metadataProvider?.get(), event.metadata, error: event.error)
        write(
            format.line(
                LogEntry(
                    time: time.now(), level: event.level, label: label, message: event.message.description,
                    fields: fields)))
    }
}

/// A message with all that goes with it.
struct LogEntry {
    let time: Timestamp
    let level: Logger.Level
    let label: String
    let message: String
    /// Sorted by key.
    let fields: [(key: String, value: Logger.MetadataValue)]
}

/// How a message becomes one line.
protocol LogFormat: Sendable {
    func line(_ entry: LogEntry) -> String
}

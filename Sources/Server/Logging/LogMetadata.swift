import Logging

/// What is logged beside a message. Those who log decide which fields; nothing is added here.
enum LogMetadata {
    /// The logger's, then the task's, then the message's own, of which a later one wins; sorted by key.
    static func merged(
        _ sources: Logger.Metadata?..., error: (any Error)?
    ) -> [(key: String, value: Logger.MetadataValue)] {
        var all: Logger.Metadata = error.map { ["error": "\($0)"] } ?? [:]
        for source in sources {
            if let source { all.merge(source) { $1 } }
        }
        return all.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
    }
}

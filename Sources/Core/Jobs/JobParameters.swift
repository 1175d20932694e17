import Foundation

/// What a kind of job needs to know: its parameters, which are stored as JSON under a name. No secrets: whoever may see
/// jobs may read them.
public protocol JobParameters: Codable, Sendable {
    /// Part of stored rows, such as `mail.send`.
    static var jobName: String { get }
    /// Which workers take it.
    static var jobQueue: String { get }
}

extension JobParameters {
    public static var jobQueue: String { Job.defaultQueue }
}

extension Job {
    /// A job with these parameters.
    /// - Throws: What encoding them throws.
    public init<Parameters: JobParameters>(
        _ parameters: Parameters, id: Core.ID<Job>, priority: Int = 0, runAt: Timestamp? = nil,
        uniqueKey: String? = nil,
        maxAttempts: Int = usualAttempts, at time: Timestamp
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(
            id: id, name: Parameters.jobName, queue: Parameters.jobQueue, priority: priority,
            parameters: Array(try encoder.encode(parameters)), runAt: runAt ?? time, uniqueKey: uniqueKey,
            maxAttempts: maxAttempts, createdAt: time)
    }

    /// - Throws: `DecodingError` when they are not those of this kind.
    public func decoded<Parameters: JobParameters>(as _: Parameters.Type = Parameters.self) throws -> Parameters {
        try JSONDecoder().decode(Parameters.self, from: Data(parameters))
    }
}

public import Core

/// Who does which job.
public struct JobHandlers: Sendable {
    typealias Handler = @Sendable (JobContext) async throws -> Void

    private var handlers: [String: Handler] = [:]
    /// The queues that the jobs handled here are in.
    public private(set) var queues: Set<String> = []

    public init() {}

    /// Adds the handler of one kind of job. What it throws is logged and the job tried again; ``JobFailure`` says when,
    /// or that it is of no use.
    public mutating func handle<Parameters: JobParameters>(
        _: Parameters.Type, _ handler: @escaping @Sendable (Parameters, JobContext) async throws -> Void
    ) {
        queues.insert(Parameters.jobQueue)
        handlers[Parameters.jobName] = { context in
            let parameters: Parameters
            do {
                parameters = try context.job.decoded()
            } catch {
                // A newer release may be able to, on another instance.
                throw Unreadable(reason: "\(error)")
            }
            try await handler(parameters, context)
        }
    }

    struct Unreadable: Error, CustomStringConvertible {
        let reason: String
        var description: String { "its parameters can't be read: \(reason)" }
    }

    struct Unheard: Error, CustomStringConvertible {
        var description: String { "nothing here handles jobs of this name" }
    }

    func handler(of name: String) -> Handler? { handlers[name] }
}

/// How a handler says what is to become of its job.
public enum JobFailure: Error, Equatable {
    /// To be tried again not before the given time, as whoever was asked wants it.
    case retry(after: Duration, reason: String)
    /// Another try would fail as well: the job is parked.
    case permanent(String)
}

extension JobFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .retry(_, let reason), .permanent(let reason): reason
        }
    }
}

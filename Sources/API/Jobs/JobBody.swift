public import Core

/// A job as an administrator sees it. Its parameters stay where they are: they may name people.
public struct JobBody: Codable, Sendable, Equatable {
    public enum State: String, Codable, Sendable, CaseIterable {
        case available
        case running
        case finished
        case parked
        case cancelled
    }

    public let id: ID<Job>
    public let name: String
    public let queue: String
    public let state: State
    public let attempts: Int
    public let maxAttempts: Int
    public let runAt: Timestamp
    public let lastError: String?
    public let createdAt: Timestamp
    public let finishedAt: Timestamp?

    public init(_ record: JobRecord) {
        id = record.job.id
        name = record.job.name
        queue = record.job.queue
        state =
            switch record.state {
            case .available: .available
            case .running: .running
            case .finished: .finished
            case .parked: .parked
            case .cancelled: .cancelled
            }
        attempts = record.attempts
        maxAttempts = record.job.maxAttempts
        runAt = record.job.runAt
        lastError = record.lastError
        createdAt = record.job.createdAt
        finishedAt = record.finishedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case queue
        case state
        case attempts
        case maxAttempts = "max_attempts"
        case runAt = "run_at"
        case lastError = "last_error"
        case createdAt = "created_at"
        case finishedAt = "finished_at"
    }
}

/// Which jobs are listed.
public struct JobListQuery: Codable, Sendable, Equatable {
    public let state: JobBody.State?
    public let name: JobNameText?
    public let limit: PageLimit?
    public let cursor: Cursor?

    public init(
        state: JobBody.State? = nil, name: JobNameText? = nil, limit: PageLimit? = nil, cursor: Cursor? = nil
    ) {
        self.state = state
        self.name = name
        self.limit = limit
        self.cursor = cursor
    }

    /// As repositories want it.
    public var pageRequest: PageRequest { ListQuery(limit: limit, cursor: cursor).pageRequest }
}

/// What a job is called: 1 to 100 printable ASCII characters.
public struct JobNameText: ConstrainedText, Equatable {
    public let text: String

    /// Nil for what no job is called.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil else { return nil }
        self.text = text
    }

    public static var rules: TextRules { TextRules(length: 1...100, characters: .visibleASCII) }
    public static var example: String { "mail.send" }
}

/// Which job a path names.
public struct JobPath: Codable, Sendable, Equatable {
    public let id: ID<Job>

    public init(id: ID<Job>) {
        self.id = id
    }
}

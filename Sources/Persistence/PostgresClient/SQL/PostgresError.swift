/// What a statement can end in. Descriptions name no data, host or statement.
public enum PostgresError: Error, Sendable {
    /// The server refused the statement.
    case server(PostgresServerError)
    /// No connection became free in time.
    case poolExhausted
    /// Too many statements wait already.
    case queueFull
    /// The server can't be reached, or was lost before a commit was sent: nothing has taken effect.
    case unreachable
    /// The connection was lost after a write or a commit was sent: it may or may not have taken effect.
    case outcomeUnknown
    /// The caller's task was cancelled; what was sent already may take effect.
    case cancelled
    /// The client was used inside the body of its own transaction; use the transaction that was handed in.
    case nestedTransaction
    /// A text holds NUL, there are more binds than the protocol counts, or the statement is near 1 GiB; or a channel or
    /// payload is not one that NOTIFY takes.
    case invalidParameter
    /// The transaction's body swallowed an error: PostgreSQL rolled back instead of committing.
    case transactionAborted
    /// The client was shut down before a write or a commit was sent: nothing has taken effect.
    case closed

    /// How long to wait before trying again, where trying again may help and can do no harm.
    public var retryAfter: Duration? {
        switch self {
        case .poolExhausted, .queueFull: .seconds(1)
        case .unreachable: .seconds(2)
        case .server(let error) where error.isOverload: .seconds(1)
        default: nil
        }
    }

    /// Whether running the whole transaction again may succeed (serialization failure, deadlock).
    public var isSerializationFailure: Bool {
        guard case .server(let error) = self else { return false }
        return error.sqlState == "40001" || error.sqlState == "40P01"
    }
}

/// An error as PostgreSQL reports it. Only ``sqlState`` and ``constraint`` are safe to show; the rest may quote data.
public struct PostgresServerError: Error, Sendable {
    /// Five characters, see PostgreSQL's appendix A.
    public let sqlState: String
    /// The constraint or unique index that was broken, if one was.
    public let constraint: String?
    /// For the log of a developer; may quote data.
    public let message: String

    /// An error as a server would report it, for fakes.
    public init(sqlState: String, constraint: String? = nil, message: String = "") {
        self.sqlState = sqlState
        self.constraint = constraint
        self.message = message
    }

    /// Out of resources, time or locks: statement time-out, lock not available, too many connections, out of memory.
    var isOverload: Bool {
        sqlState == "57014" || sqlState == "55P03" || sqlState.hasPrefix("53")
    }

    /// The statement's plan or name is gone on the server; it can be sent again under another name.
    var isStaleStatement: Bool { isUnknownStatement || sqlState == "0A000" }

    var isUnknownStatement: Bool { sqlState == "26000" }
}

extension PostgresServerError: CustomStringConvertible {
    /// The code and the constraint: safe to leak.
    public var description: String {
        "PostgreSQL error \(sqlState)" + (constraint.map { " (\($0))" } ?? "")
    }
}

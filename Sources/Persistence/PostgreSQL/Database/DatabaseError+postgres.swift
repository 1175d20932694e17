import Core
import Persistence
import PostgresClient

/// When to try again where the client has no better idea.
private let usualRetry = Duration.seconds(1)

extension DatabaseError {
    /// What the errors of PostgreSQL and of its client mean to a caller. A cancelled task stays cancelled.
    static func mapped(_ error: PostgresError) -> any Error {
        switch error {
        case .server(let server): of(server)
        case .poolExhausted, .queueFull, .unreachable, .closed:
            DatabaseError.unavailable(retryAfter: error.retryAfter ?? usualRetry)
        case .outcomeUnknown: DatabaseError.outcomeUnknown
        case .cancelled: CancellationError()
        case .nestedTransaction: DatabaseError.nestedTransaction
        case .invalidParameter: DatabaseError.unexpected(code: "invalid_parameter")
        // The code that any further statement would have got.
        case .transactionAborted: DatabaseError.unexpected(code: "25P02")
        }
    }

    /// A row that is not what the columns of its entity say.
    static func undecodable(_: PostgresDecodingError) -> DatabaseError {
        .unexpected(code: "undecodable_row")
    }

    /// By the codes of PostgreSQL's appendix A.
    private static func of(_ error: PostgresServerError) -> DatabaseError {
        switch error.sqlState {
        case "23505":
            error.constraint.flatMap(UniqueRule.init(rawValue:)).map(DatabaseError.duplicate)
                ?? .unexpected(code: error.sqlState)
        case "40001", "40P01": .serializationFailure
        // A time-out of the statement or of a lock, or a server that has just become a standby.
        case "57014", "55P03", "25006": .unavailable(retryAfter: usualRetry)
        // Out of resources, being shut down, a broken connection.
        case let state where ["53", "57P", "08"].contains(where: state.hasPrefix): .unavailable(retryAfter: usualRetry)
        case let state: .unexpected(code: state)
        }
    }
}

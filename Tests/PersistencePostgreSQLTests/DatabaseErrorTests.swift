import Persistence
import PostgresClient
import Testing

@testable import PersistencePostgreSQL

struct DatabaseErrorTests {
    static let refusals: [(String, constraint: String?, DatabaseError)] = [
        ("23505", "users_email_key", .duplicate(.userEmail)),
        ("23505", "users_pkey", .duplicate(.userID)),
        ("23505", "sessions_pkey", .duplicate(.sessionID)),
        ("23505", "one_time_tokens_pkey", .duplicate(.oneTimeTokenHash)),
        ("23505", "idempotency_records_pkey", .duplicate(.idempotencyKey)),
        ("23505", "teams_slug_key", .duplicate(.teamSlug)),
        ("23505", nil, .unexpected(code: "23505")),
        ("40001", nil, .serializationFailure),
        ("40P01", nil, .serializationFailure),
        ("55P03", nil, .unavailable(retryAfter: .seconds(1))),
        ("57014", nil, .unavailable(retryAfter: .seconds(1))),
        ("53300", nil, .unavailable(retryAfter: .seconds(1))),
        ("57P01", nil, .unavailable(retryAfter: .seconds(1))),
        ("08006", nil, .unavailable(retryAfter: .seconds(1))),
        ("25006", nil, .unavailable(retryAfter: .seconds(1))),
        ("23503", nil, .unexpected(code: "23503")),
        ("42501", nil, .unexpected(code: "42501")),
    ]

    @Test(arguments: refusals)
    func `a refusal by PostgreSQL becomes`(state: String, constraint: String?, expected: DatabaseError) {
        let error = PostgresError.server(PostgresServerError(sqlState: state, constraint: constraint))
        #expect(DatabaseError.mapped(error) as? DatabaseError == expected)
    }

    static let failures: [(PostgresError, DatabaseError)] = [
        (.poolExhausted, .unavailable(retryAfter: .seconds(1))),
        (.queueFull, .unavailable(retryAfter: .seconds(1))),
        (.unreachable, .unavailable(retryAfter: .seconds(2))),
        (.closed, .unavailable(retryAfter: .seconds(1))),
        (.outcomeUnknown, .outcomeUnknown),
        (.nestedTransaction, .nestedTransaction),
        (.transactionAborted, .unexpected(code: "25P02")),
        (.invalidParameter, .unexpected(code: "invalid_parameter")),
    ]

    @Test(arguments: failures)
    func `a failure of the client becomes`(error: PostgresError, expected: DatabaseError) {
        #expect(DatabaseError.mapped(error) as? DatabaseError == expected)
    }

    @Test func `a cancelled task is told that it was cancelled`() {
        #expect(DatabaseError.mapped(.cancelled) is CancellationError)
    }
}

import PostgresClient
import Testing

struct PostgresErrorTests {
    @Test func `trying again is advised only where it can do no harm`() {
        let seconds: [(PostgresError, Int?)] = [
            (.poolExhausted, 1), (.queueFull, 1), (.unreachable, 2), (.outcomeUnknown, nil), (.cancelled, nil),
            (.nestedTransaction, nil), (.invalidParameter, nil), (.transactionAborted, nil), (.closed, nil),
            (.server(PostgresServerError(sqlState: "57014")), 1), (.server(PostgresServerError(sqlState: "55P03")), 1),
            (.server(PostgresServerError(sqlState: "53300")), 1),
            (.server(PostgresServerError(sqlState: "23505")), nil),
        ]
        for (error, wanted) in seconds { #expect(error.retryAfter == wanted.map { .seconds($0) }, "\(error)") }
    }

    @Test(arguments: [("40001", true), ("40P01", true), ("23505", false)])
    func `serialization failures and deadlocks are known`(state: String, isOne: Bool) {
        #expect(PostgresError.server(PostgresServerError(sqlState: state)).isSerializationFailure == isOne)
    }

    @Test func `a description shows no data`() {
        let error = PostgresServerError(sqlState: "23505", constraint: "users_email_key", message: "(ada@example.com)")
        #expect("\(error)" == "PostgreSQL error 23505 (users_email_key)")
        #expect(!"\(PostgresError.server(error))".contains("ada"))
    }
}

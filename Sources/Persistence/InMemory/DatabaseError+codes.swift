import Persistence

// The codes PostgreSQL gives for the same mistakes, so that a test on the fake expects what production answers.
extension DatabaseError {
    static let foreignKeyViolation = DatabaseError.unexpected(code: "23503")
    /// A rule of uniqueness that no caller can run into unless ids are made wrongly.
    static let uniqueViolation = DatabaseError.unexpected(code: "23505")
    /// A value is outside what its column takes.
    static let checkViolation = DatabaseError.unexpected(code: "23514")
    /// A row was written, or a table used, that the scope has no right to.
    static let insufficientPrivilege = DatabaseError.unexpected(code: "42501")
    /// A store was used after its unit of work ended.
    static let noActiveTransaction = DatabaseError.unexpected(code: "25P01")
    /// A unit of work went on after a statement in it failed.
    static let failedTransaction = DatabaseError.unexpected(code: "25P02")

    /// Whether the statement that throws it fails in PostgreSQL itself, which ends its transaction. The others are
    /// conclusions drawn from the number of rows.
    var endsTransaction: Bool {
        switch self {
        case .versionConflict, .notFound: false
        default: true
        }
    }
}

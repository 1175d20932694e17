/// Everything that is kept, reached only through a ``Scope``.
public protocol Database: Sendable {
    /// The repositories, each call of which is a transaction of its own.
    func scoped(_ scope: Scope) -> any Store

    /// Runs `body` as one unit of work: all it writes is committed together, or nothing when it throws.
    ///
    /// No HTTP call, no mail and no password hash inside: a connection is held from the first statement on. A nested call
    /// throws ``DatabaseError/nestedTransaction``. A serialization failure or deadlock is tried again at most three times,
    /// only under ``Repetition/allowed``.
    /// - Throws: What `body` throws; ``DatabaseError``.
    func transaction<Result: Sendable>(
        _ scope: Scope, repetition: Repetition, _ body: @Sendable (any Store) async throws -> Result
    ) async throws -> Result
}

/// Whether the body of a unit of work may run more than once.
public enum Repetition: Sendable {
    /// It has effects outside the database.
    case forbidden
    /// It only reads and writes its store.
    case allowed
}

extension Database {
    /// A unit of work that runs at most once.
    public func transaction<Result: Sendable>(
        _ scope: Scope, _ body: @Sendable (any Store) async throws -> Result
    ) async throws -> Result {
        try await transaction(scope, repetition: .forbidden, body)
    }
}

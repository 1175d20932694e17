import CLibPQ
import Dispatch
import Logging

/// A connection outside pipeline mode, for scripts of several statements, migrations and advisory locks.
///
/// Statements run one after the other on a thread of its own. Unchecked: the `PGconn` is used on its serial queue only,
/// apart from `PQcancel`, which libpq allows from any thread.
public final class PostgresSession: @unchecked Sendable {
    private let handle: ConnectedHandle
    private let queue = DispatchQueue(label: "postgres-session")

    init(handle: ConnectedHandle) {
        self.handle = handle
    }

    /// Runs one statement. Cancelling the task cancels the statement on the server.
    /// - Throws: ``PostgresError``; with ``PostgresError/outcomeUnknown`` the connection is lost.
    public func query(_ statement: SQL) async throws(PostgresError) -> PostgresRows {
        guard statement.isSendable else { throw .invalidParameter }
        return try await perform { connection in
            statement.binds.withPointers { count, values, lengths, formats in
                statement.binds.types.withUnsafeBufferPointer { types in
                    PQexecParams(
                        connection, statement.text, count, types.baseAddress, values, lengths, formats, 1)
                }
            }
        }
    }

    /// Runs trusted text of any number of statements, in one transaction unless it says otherwise. COPY from or to the
    /// client is not possible.
    /// - Throws: As ``query(_:)``.
    public func script(_ text: String) async throws(PostgresError) {
        guard !text.utf8.contains(0) else { throw .invalidParameter }
        _ = try await perform { PQexec($0, text) }
    }

    private func perform(
        _ call: @escaping @Sendable (OpaquePointer?) -> OpaquePointer?
    ) async throws(PostgresError) -> PostgresRows {
        let canceller = SessionCanceller(handle.pointer)
        let outcome: Result<PostgresRows, PostgresError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { [handle] in
                    guard canceller.begin() else { return continuation.resume(returning: .failure(.cancelled)) }
                    let result = call(handle.pointer)
                    let isCancelled = canceller.end()
                    continuation.resume(returning: Self.outcome(of: result, on: handle, isCancelled))
                }
            }
        } onCancel: {
            canceller.cancel()
        }
        return try outcome.get()
    }

    private static func outcome(
        of result: OpaquePointer?, on handle: ConnectedHandle, _ isCancelled: Bool
    ) -> Result<PostgresRows, PostgresError> {
        guard let result else { return .failure(.outcomeUnknown) }
        let rows = PostgresRows(result: ResultHandle(result))
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            return .success(rows)
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            return .failure(.server(.copyInBatch))
        default:
            if isCancelled { return .failure(.cancelled) }
            guard PQstatus(handle.pointer) == CONNECTION_OK else { return .failure(.outcomeUnknown) }
            return .failure(.server(PostgresServerError(result: result)))
        }
    }
}

extension PostgresClient {
    /// Opens a session of its own on the direct URL for `body`, and closes it afterwards.
    /// - Throws: What `body` throws; ``PostgresError/unreachable``; ``PostgresError/nestedTransaction`` inside the body of
    ///   a transaction of this client.
    public func leased<Result: Sendable>(
        _ body: @Sendable (PostgresSession) async throws -> Result
    ) async throws -> Result {
        guard !isInTransaction else { throw PostgresError.nestedTransaction }
        let connector = configuration.directConnector
        let connected: Swift.Result<ConnectedHandle, Connector.Failure> = await withCheckedContinuation {
            continuation in
            OSThread.start(name: "pg-connect") {
                do throws(Connector.Failure) {
                    continuation.resume(returning: .success(try connector.connect(attempt: 0)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        switch connected {
        case .success(let handle):
            return try await body(PostgresSession(handle: handle))
        case .failure(let failure):
            logger.warning("cannot connect to PostgreSQL", metadata: ["reason": "\(failure.loggable)"])
            throw PostgresError.unreachable
        }
    }
}

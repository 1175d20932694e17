import CLibPQ
import Dispatch
import Logging
import Synchronization

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

    /// Runs trusted text of any number of statements, in one transaction unless it says otherwise.
    public func script(_ text: String) async throws(PostgresError) {
        guard !text.utf8.contains(0) else { throw .invalidParameter }
        _ = try await perform { PQexec($0, text) }
    }

    private func perform(
        _ call: @escaping @Sendable (OpaquePointer?) -> OpaquePointer?
    ) async throws(PostgresError) -> PostgresRows {
        let canceller = Canceller(handle.pointer)
        let outcome: Result<PostgresRows, PostgresError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { [handle] in
                    guard !canceller.isCancelled else { return continuation.resume(returning: .failure(.cancelled)) }
                    let result = call(handle.pointer)
                    continuation.resume(returning: Self.outcome(of: result, on: handle, canceller.isCancelled))
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
        default:
            if isCancelled { return .failure(.cancelled) }
            guard PQstatus(handle.pointer) == CONNECTION_OK else { return .failure(.outcomeUnknown) }
            return .failure(.server(PostgresServerError(result: result)))
        }
    }

    /// Whether the caller gave up, and how to tell the server.
    private final class Canceller: Sendable {
        private let cancellation: StatementCancellation
        private let state = Mutex(false)

        init(_ connection: OpaquePointer?) {
            cancellation = StatementCancellation(of: connection)
        }

        var isCancelled: Bool { state.withLock(\.self) }

        func cancel() {
            state.withLock { $0 = true }
            OSThread.start(name: "pg-cancel") { [cancellation] in cancellation.send() }
        }
    }
}

extension PostgresClient {
    /// Opens a session of its own on the direct URL for `body`, and closes it afterwards.
    public func leased<Result: Sendable>(
        _ body: @Sendable (PostgresSession) async throws -> Result
    ) async throws -> Result {
        guard !isInTransaction else { throw PostgresError.nestedTransaction }
        let connector = configuration.connector(
            to: configuration.directURL ?? configuration.url, mustBeWritable: true, pooled: false)
        let connected: Swift.Result<ConnectedHandle, Connector.Failure> = await withCheckedContinuation { continuation in
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
            logger.warning("cannot connect to PostgreSQL", metadata: ["reason": "\(failure)"])
            throw PostgresError.unreachable
        }
    }
}

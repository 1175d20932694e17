import CLibPQ

/// The right to cancel what runs on a connection, from any thread.
///
/// Unchecked: libpq makes a `PGcancel` for use from another thread than the connection's.
final class StatementCancellation: @unchecked Sendable {
    /// What libpq recommends for the error text.
    private static let textBytes = 256

    private let pointer: OpaquePointer?

    init(of connection: OpaquePointer?) {
        pointer = PQgetCancel(connection)
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Opens a connection to say so; blocks until the server has taken note.
    func send() {
        guard let pointer else { return }
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.textBytes) { buffer in
            _ = PQcancel(pointer, buffer.baseAddress, Int32(buffer.count))
        }
    }
}

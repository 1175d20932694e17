import CLibPQ

/// What one statement returned. Decoded by whoever reads it, in that one's thread.
public struct PostgresRows: Sendable, RandomAccessCollection {
    let result: ResultHandle

    init(result: ResultHandle) {
        self.result = result
    }

    /// 0, also where there are no rows.
    public var startIndex: Int { 0 }
    /// The number of rows; 0 for a statement that returns none.
    public var endIndex: Int { Int(PQntuples(result.pointer)) }

    /// The row at a position. A row outside has no columns to read: it is no trap.
    public subscript(position: Int) -> PostgresRow {
        PostgresRow(result: result, index: Int32(clamping: position))
    }

    /// How many rows an insert, update, delete or merge touched; how many a select returned.
    public var affected: Int {
        Int(String(cString: PQcmdTuples(result.pointer))) ?? 0
    }

    /// The command tag, such as `COMMIT` or `INSERT 0 1`.
    var commandTag: String {
        String(cString: PQcmdStatus(result.pointer))
    }
}

/// One row.
public struct PostgresRow: Sendable {
    let result: ResultHandle
    let index: Int32

    /// Reads the columns from left to right.
    public var columns: PostgresColumns { PostgresColumns(result: result, row: index) }
}

/// The columns of a row, to be read one after the other in the order they were selected.
///
/// ```swift
/// var columns = row.columns
/// let id: PostgresUUID = try columns.next()
/// let name: String? = try columns.next()
/// ```
public struct PostgresColumns: Sendable {
    private let result: ResultHandle
    private let row: Int32
    private var column: Int32 = 0

    init(result: ResultHandle, row: Int32) {
        self.result = result
        self.row = row
    }

    /// Decodes the next column.
    public mutating func next<Value: PostgresDecodable>(
        _: Value.Type = Value.self
    ) throws(PostgresDecodingError) -> Value {
        guard row < PQntuples(result.pointer), column < PQnfields(result.pointer) else { throw .noMoreColumns }
        defer { column += 1 }
        let type = PostgresType(rawValue: PQftype(result.pointer, column))
        guard PQgetisnull(result.pointer, row, column) == 0 else {
            return try Value(postgres: PostgresValue(type: type, bytes: nil))
        }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result.pointer, row, column), count: Int(PQgetlength(result.pointer, row, column)))
        return try Value(postgres: PostgresValue(type: type, bytes: bytes))
    }
}

/// Owns a `PGresult`.
///
/// Unchecked: libpq documents a `PGresult` as read-only once it was returned, and it is freed exactly once.
final class ResultHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }
}

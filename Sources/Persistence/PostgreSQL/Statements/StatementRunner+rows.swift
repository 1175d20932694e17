import Core
import Persistence
import PostgresClient

/// Reads one value from the columns of a row.
typealias RowDecoder<Value> = (inout PostgresColumns) throws(PostgresDecodingError) -> Value

extension StatementRunner {
    /// Runs a select and reads all rows.
    func all<Value>(_ select: SQL, _ decode: RowDecoder<Value>) async throws -> [Value] {
        try await run([select], access: .read).last?.values(decode) ?? []
    }

    /// Runs a select and reads the first row.
    func first<Value>(_ select: SQL, _ decode: RowDecoder<Value>) async throws -> Value? {
        try await run([select], access: .read).last?.firstValue(decode)
    }

    /// Runs a select that was limited to one row more than the page holds, and cuts it into the page.
    func page<Value>(
        _ select: SQL, of request: PageRequest, _ decode: RowDecoder<Value>, position: (Value) -> Cursor
    ) async throws -> Page<Value> {
        Page(fetched: try await all(select, decode), limit: request.limit, position: position)
    }

    /// Runs a statement that changes rows and returns them.
    func changed<Value>(_ change: SQL, _ decode: RowDecoder<Value>) async throws -> [Value] {
        try await run([change], access: .write).last?.values(decode) ?? []
    }

    /// Runs a statement that changes rows.
    /// - Returns: How many.
    @discardableResult
    func change(_ change: SQL) async throws -> Int {
        try await run([change], access: .write).last?.affected ?? 0
    }
}

extension PostgresRows {
    func values<Value>(_ decode: RowDecoder<Value>) throws(DatabaseError) -> [Value] {
        do throws(PostgresDecodingError) {
            var values: [Value] = []
            values.reserveCapacity(count)
            for row in self {
                var columns = row.columns
                values.append(try decode(&columns))
            }
            return values
        } catch {
            throw .undecodable(error)
        }
    }

    func firstValue<Value>(_ decode: RowDecoder<Value>) throws(DatabaseError) -> Value? {
        do throws(PostgresDecodingError) {
            guard var columns = first?.columns else { return nil }
            return try decode(&columns)
        } catch {
            throw .undecodable(error)
        }
    }
}

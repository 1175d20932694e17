import PostgresClient

extension PostgresRows {
    /// The first column of each row.
    func column<Value: PostgresDecodable>(_: Value.Type = Value.self) throws -> [Value] {
        try map { row in
            var columns = row.columns
            return try columns.next()
        }
    }
}

import PostgresClient
import Testing

/// Every type goes to the server and comes back.
struct TypeTests {
    private func echo<Value: PostgresEncodable & PostgresDecodable & Equatable & Sendable>(_ values: [Value])
        async throws
    {
        try await TestClient.run { client, _ in
            for value in values {
                for access in [PostgresAccess.read, .write] {
                    let back: Value = try await client.query("select \(value)", access: access).value()
                    #expect(back == value)
                }
            }
            let null: Value? = try await client.query("select \(Optional<Value>.none)").value()
            #expect(null == nil)
        }
    }

    @Test func `booleans`() async throws { try await echo([true, false]) }
    @Test func `two-byte integers`() async throws { try await echo([Int16.min, -1, 0, 1, .max]) }
    @Test func `four-byte integers`() async throws { try await echo([Int32.min, -1, 0, 1, .max]) }
    @Test func `eight-byte integers`() async throws { try await echo([Int64.min, -1, 0, 1, .max]) }
    @Test func `machine integers`() async throws { try await echo([Int.min, 0, .max]) }
    @Test func `doubles`() async throws {
        try await echo([0, -0.0, 1.5, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude])
    }
    @Test func `a double that is no number`() async throws {
        try await TestClient.run { client, _ in
            let back: Double = try await client.query("select \(Double.nan)").value()
            #expect(back.isNaN)
        }
    }
    @Test func `texts from empty to 10 MiB`() async throws {
        try await echo([
            "", " ", "é", "👩‍👩‍👧‍👦 \u{1F1EB}\u{1F1F7}", "line\nbreak\ttab", String(repeating: "ä", count: 5 << 20),
        ])
    }
    @Test func `bytes from empty to 10 MiB`() async throws {
        try await echo([[UInt8](), [0], Array(0...255), [UInt8](repeating: 0xFF, count: 10 << 20)])
    }
    @Test func `uuids`() async throws {
        try await echo([
            PostgresUUID(high: 0, low: 0), PostgresUUID(high: .max, low: .max), PostgresUUID(high: 1, low: 2),
        ])
    }
    @Test func `times up to the infinities`() async throws {
        try await echo([
            .infinity, .negativeInfinity, PostgresTimestamp(microsecondsSince1970: 0),
            PostgresTimestamp(microsecondsSince1970: 1_767_225_600_123_456),
            PostgresTimestamp(microsecondsSince1970: -62_135_596_800_000_000),
        ])
    }
    @Test func `arrays`() async throws {
        try await echo([[String](), ["a", "", "c,\"}{"]])
        try await echo([[Int64](), [.min, 0, .max]])
        try await echo([[PostgresUUID](), [PostgresUUID(high: 7, low: 8)]])
    }
    @Test func `json keeps its meaning`() async throws {
        try await TestClient.run { client, _ in
            let json = PostgresJSON(bytes: Array(#"{"b": 1, "a": "é"}"#.utf8))
            let name: String = try await client.query("select (\(json)) ->> 'a'").value()
            #expect(name == "é")
            let back: PostgresJSON = try await client.query("select \(json)").value()
            #expect(String(decoding: back.bytes, as: UTF8.self) == #"{"a": "é", "b": 1}"#)
        }
    }

    @Test func `the infinities order around every time`() async throws {
        try await TestClient.run { client, _ in
            let holds: Bool = try await client.query(
                "select \(PostgresTimestamp.negativeInfinity) < now() and now() < \(PostgresTimestamp.infinity)"
            ).value()
            #expect(holds)
        }
    }

    @Test func `a text with NUL is refused before it is sent`() async throws {
        try await TestClient.run { client, _ in
            await #expect { try await client.query("select \("a\0b")") } throws: {
                if case PostgresError.invalidParameter = $0 { true } else { false }
            }
        }
    }

    @Test func `a column is not read as what it is not`() async throws {
        try await TestClient.run { client, _ in
            let rows = try await client.query("select 1::int8, null::text, 70000::int4")
            var columns = try #require(rows.first).columns
            #expect(throws: PostgresDecodingError.typeMismatch(column: .int8, wanted: "String")) {
                try columns.next(String.self)
            }
            #expect(throws: PostgresDecodingError.unexpectedNull) { try columns.next(String.self) }
            #expect(throws: PostgresDecodingError.malformed) { try columns.next(Int16.self) }
            #expect(throws: PostgresDecodingError.noMoreColumns) { try columns.next(Int.self) }
        }
    }
}

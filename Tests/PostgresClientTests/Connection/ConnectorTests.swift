import Testing

@testable import PostgresClient

struct ConnectorTests {
    private func parameters(
        _ url: String, attempt: Int = 0, tls: String? = nil, mustBeWritable: Bool = true
    ) throws -> [String: String] {
        let connector = Connector(
            url: url, timeout: 1_000_000_000, settings: [], defaultTLSMode: tls, mustBeWritable: mustBeWritable)
        return Dictionary(
            try connector.parameters(attempt: attempt).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    @Test func `each attempt begins with another host, ports turning along`() throws {
        let url = "host=a,b,c port=1,2,3 dbname=x"
        let turns = try (0..<4).map { attempt in
            let given = try parameters(url, attempt: attempt)
            return [given["host"], given["port"]]
        }
        #expect(turns == [["a,b,c", "1,2,3"], ["b,c,a", "2,3,1"], ["c,a,b", "3,1,2"], ["a,b,c", "1,2,3"]])
    }

    @Test func `one port serves all hosts`() throws {
        let given = try parameters("postgresql://a,b/x?port=6432", attempt: 1)
        #expect(given["host"] == "b,a")
        #expect(given["port"] == "6432")
    }

    @Test func `the primary must be writable unless the string says otherwise, a replica need not`() throws {
        #expect(try parameters("host=a")["target_session_attrs"] == "read-write")
        #expect(try parameters("host=a target_session_attrs=any")["target_session_attrs"] == "any")
        #expect(try parameters("host=a", mustBeWritable: false)["target_session_attrs"] == nil)
    }

    @Test func `the mode of TLS is set only where the string has none`() throws {
        #expect(try parameters("host=a", tls: "verify-full")["sslmode"] == "verify-full")
        #expect(try parameters("host=a sslmode=disable", tls: "verify-full")["sslmode"] == "disable")
        #expect(try parameters("postgresql://a/b?sslmode=require", tls: "verify-full")["sslmode"] == "require")
        #expect(try parameters("host=a")["sslmode"] == nil)
    }

    @Test func `what is wrong with a connection string never quotes it`() {
        let connector = Connector(
            url: "host=a password=secret oops", timeout: 1, settings: [], defaultTLSMode: nil, mustBeWritable: true)
        #expect {
            try connector.connect(attempt: 0)
        } throws: { error in
            guard let failure = error as? Connector.Failure, case .malformedURL = failure else { return false }
            return !failure.loggable.contains("secret") && !failure.loggable.contains("oops")
        }
    }
}

import DatabaseSupport
import Foundation
import PostgresClient
import ProcessSupport
import Testing

/// Where a test's servers live: a working directory of its own, and on demand a private PostgreSQL in it.
struct Site: Sendable {
    static let address = ["--port", "0", "--host", "127.0.0.1"]

    let directory: String
    var environment: [String: String] = [:]

    /// Starts a server and stops it after `body`, which may have ended it already.
    func withServer<Value>(
        _ arguments: [String] = [], _ body: (_ server: ServerProgram, _ port: Int) async throws -> Value
    ) async throws -> Value {
        let server = try ServerProgram(
            ["serve"] + Self.address + arguments, in: directory, environment: environment)
        do {
            let value = try await body(server, try await server.port)
            await server.stop()
            return value
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Runs a command to its end.
    func run(_ arguments: String..., input: String? = nil) async throws -> (status: Int32, output: String) {
        try await ServerProgram.run(arguments, in: directory, environment: environment, input: input)
    }

    /// Sends one request over a connection of its own.
    static func request(
        _ port: Int, _ method: String, _ path: String, token: String? = nil, json: String? = nil,
        idempotencyKey: String? = nil
    ) async throws -> HTTPAnswer {
        let text = try await onOwnThread {
            let connection = try Connection(port: port)
            defer { connection.close() }
            var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n"
            if let token { head += "Authorization: Bearer \(token)\r\n" }
            if let idempotencyKey { head += "Idempotency-Key: \(idempotencyKey)\r\n" }
            if let json { head += "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n" }
            try connection.send(head + "\r\n" + (json ?? ""))
            return try connection.readToEnd()
        }
        return try #require(HTTPAnswer(text))
    }

    static func login(_ port: Int, _ email: String, _ password: String) async throws -> HTTPAnswer {
        try await request(
            port, "POST", "/api/v1/auth/login", json: #"{"email":"\#(email)","password":"\#(password)"}"#)
    }

    static func register(
        _ port: Int, _ email: String, _ password: String, idempotencyKey: String? = nil
    ) async throws -> HTTPAnswer {
        try await request(
            port, "POST", "/api/v1/auth/register",
            json: #"{"email":"\#(email)","password":"\#(password)","first_name":"Ada","last_name":"Lovelace"}"#,
            idempotencyKey: idempotencyKey)
    }
}

/// Runs `body` at a new place, then stops the private PostgreSQL that a killed server may have left, and removes all.
func withSite<Value>(
    environment: [String: String] = [:], _ body: (Site) async throws -> Value
) async throws -> Value {
    try await withTemporaryDirectory { directory in
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(Site(directory: directory, environment: environment)))
        } catch {
            outcome = .failure(error)
        }
        let data = "\(directory)/.plinth/postgres"
        if FileManager.default.fileExists(atPath: "\(data)/postmaster.pid") {
            try? await LocalCluster.start(.init(directory: data), logger: TestDatabase.logger).stop()
        }
        return try outcome.get()
    }
}

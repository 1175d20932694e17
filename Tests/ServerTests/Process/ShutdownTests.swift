import Foundation
import ProcessSupport
import Testing

/// However the server is stopped, and whatever hangs: it ends with status 0 in time.
@Suite(.timeLimit(.minutes(3)))
struct ShutdownTests {
    @Test func `a server at rest ends at once`() async throws {
        try await withSite(environment: ["PLINTH_SHUTDOWN_DELAY": "0"]) { site in
            try await site.withServer { server, _ in
                let (status, time) = await stopping(server)
                #expect(status == 0)
                #expect(time < .seconds(10))
            }
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a slow request, an idle connection and a stalled reader hold nothing up beyond 25 s`(
        _ signal: Int32
    ) async throws {
        try await withSite(environment: ["PLINTH_SHUTDOWN_DELAY": "0"]) { site in
            try await site.withServer { server, port in
                let (idle, slow, stalled) = try await onOwnThread {
                    let idle = try Connection(port: port)
                    try idle.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    _ = try idle.read()
                    let slow = try Connection(port: port)
                    try slow.send(
                        "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 1000\r\n\r\n{\"email\":")
                    let stalled = try Connection(port: port, receiveBufferBytes: 4096)
                    // Once nothing more goes out, the server has stopped reading because nobody takes its answers.
                    for _ in 0..<50 {
                        stalled.sendUntilFull("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    }
                    return (idle, slow, stalled)
                }
                let (status, time) = await stopping(server, signal)
                #expect(status == 0)
                #expect(time < .seconds(25))
                for connection in [idle, slow, stalled] { connection.close() }
            }
            #expect(!FileManager.default.fileExists(atPath: "\(site.directory)/.plinth/postgres/postmaster.pid"))
        }
    }

    @Test func `a signal during the first start ends it cleanly`() async throws {
        try await withSite { site in
            let server = try ServerProgram(Site.address, in: site.directory)
            #expect(await server.output.contains("creating the local PostgreSQL"))
            let (status, time) = await stopping(server)
            #expect(status == 0)
            #expect(time < .seconds(25))
            #expect(await server.output.whole().contains("ended by a signal"))
            // What it left half done is no obstacle.
            try await site.withServer { server, _ in #expect(await server.stop() == 0) }
        }
    }

    private func stopping(_ server: ServerProgram, _ signal: Int32 = SIGTERM) async -> (Int32, Duration) {
        let start = ContinuousClock.now
        server.send(signal)
        let status = await server.exitStatus
        return (status, ContinuousClock.now - start)
    }
}

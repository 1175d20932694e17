import NIOCore
import Testing

@testable import HTTPServer

struct PerAddressLimitTests {
    private static let get = "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n"

    private func isServed(_ connection: RawConnection) async -> Bool {
        try? await connection.send(Self.get)
        return await connection.receive { $0.hasSuffix(GuardedServer.end) }.hasPrefix("HTTP/1.1 200")
    }

    @Test func `an address holds so many connections and no more, and gets a place back by closing one`() async throws {
        var limits = ConnectionLimits.patient
        limits.perAddressConnections = 3
        try await GuardedServer.run(limits: limits) { server in
            var open: [RawConnection] = []
            for _ in 0..<3 {
                let connection = try server.connect()
                #expect(await isServed(connection))
                open.append(connection)
            }
            let refused = try server.connect()
            #expect(await !isServed(refused))
            #expect(server.registry.counts.refused == 1)
            #expect(server.registry.counts.active == 3)

            open.removeLast().close()
            while await !isServed(try server.connect()) {}
        }
    }

    @Test func `a trusted proxy is not counted`() async throws {
        var limits = ConnectionLimits.patient
        limits.perAddressConnections = 1
        try await GuardedServer.run(limits: limits, trusted: ["127.0.0.1"]) { server in
            let connections = try (0..<5).map { _ in try server.connect() }
            for connection in connections {
                #expect(await isServed(connection))
            }
        }
    }

    @Test func `addresses count as IPv4, as the block of 64 bits of IPv6, or not at all`() throws {
        func source(_ address: String) throws -> ConnectionSource? {
            ConnectionSource(try SocketAddress(ipAddress: address, port: 1))
        }
        #expect(try source("192.0.2.1") == .ipv4([192, 0, 2, 1]))
        #expect(try source("192.0.2.1") == source("::ffff:192.0.2.1"))
        #expect(try source("192.0.2.1") != source("192.0.2.2"))
        #expect(try source("2001:db8::1") == source("2001:db8::ffff:1"))
        #expect(try source("2001:db8::1") != source("2001:db8:0:1::1"))
        #expect(ConnectionSource(try SocketAddress(unixDomainSocketPath: "/tmp/a")) == nil)
    }
}

import Testing

@testable import Server

struct ListeningPortTests {
    @Test(arguments: ["127.0.0.1", "localhost", "0.0.0.0"])
    func `zero finds a free port`(_ host: String) throws {
        let port = try ListeningPort.find(host: host, port: 0)
        #expect((1024...65_535).contains(port))
        #expect(try ListeningPort.find(host: host, port: port) == port)
    }

    @Test func `a port somebody listens on is taken`() throws {
        let listener = try Listener()
        defer { listener.close() }
        #expect(throws: StartError.portTaken(host: "127.0.0.1", port: listener.port)) {
            try ListeningPort.find(host: "127.0.0.1", port: listener.port)
        }
    }

    @Test(arguments: ["192.0.2.1", "no.such.host.invalid"])
    func `an address of another machine is no place to listen`(_ host: String) {
        let error = #expect(throws: StartError.self) { try ListeningPort.find(host: host, port: 0) }
        #expect(error?.description.hasPrefix("PLINTH_HOST is \(host), where this machine can't listen") == true)
    }
}

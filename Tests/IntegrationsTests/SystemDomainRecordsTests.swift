import Core
import Testing

@testable import Integrations

/// What is read of a name server that answers well, badly, or not.
struct SystemDomainRecordsTests {
    /// What comes of asking for names of the server's zone, in their order.
    private func texts(of labels: [String], limit: Duration = .seconds(60)) async throws -> [[String]] {
        var found: [[String]] = []
        try await Peer.run("dns_peer.py") { peer async throws in
            let server = SystemDomainRecords.Server(
                address: "127.0.0.1", port: try #require(UInt16(exactly: peer.port)))
            let records = SystemDomainRecords(server: server, limit: limit)
            for label in labels { found.append(try await records.texts(of: "\(label).example.org")) }
        }
        return found
    }

    @Test func `all texts of a name are read, each in one piece`() async throws {
        let found = try await texts(of: ["one", "several", "alias", "large"])
        #expect(
            found == [
                ["plinth-verification=abc"], ["v=spf1 -all", "plinth-verification=abc"], ["elsewhere"],
                Array(repeating: String(repeating: "x", count: 250), count: 20),
            ])
    }

    @Test func `a name without texts, or that does not exist, has none`() async throws {
        #expect(try await texts(of: ["empty", "missing"]) == [[], []])
    }

    @Test func `what is broken is left out, and breaks nothing`() async throws {
        let found = try await texts(of: ["latin", "overlong", "nothing", "loop", "self", "boasting", "cut", "noise"])
        #expect(found[0] == ["fine"] && found[1] == ["fine"] && found[2] == ["", "fine"])
        // Of a message that is not one, nothing is believed.
        #expect(found[3...].allSatisfy { Set($0).isSubset(of: ["fine"]) })
    }

    @Test(arguments: ["failing", "silent", "stranger"])
    func `a server that fails, says nothing, or answers another question has not answered`(label: String) async throws {
        await #expect(throws: DomainRecordsError.unavailable) { try await texts(of: [label]) }
    }

    @Test func `waiting ends`() async throws {
        await #expect(throws: DomainRecordsError.unavailable) {
            try await texts(of: ["silent"], limit: .milliseconds(1))
        }
    }

    @Test func `a name that no server can be asked for has no texts`() async throws {
        let records = SystemDomainRecords(server: SystemDomainRecords.Server(address: "127.0.0.1", port: 1))
        #expect(try await records.texts(of: "a\0b.example.org").isEmpty)
    }

    @Test func `a server that is no address can't be asked`() async throws {
        let records = SystemDomainRecords(server: SystemDomainRecords.Server(address: "localhost"))
        await #expect(throws: DomainRecordsError.unavailable) { try await records.texts(of: "one.example.org") }
    }
}

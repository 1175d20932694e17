import Core
import Foundation
import ProcessSupport

/// A server of Tests/IntegrationsTests/Peers, for as long as a test runs.
struct Peer {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Peers")
    private static let python = folder.deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".venv-tests/bin/python")

    let port: Int
    let directory: URL

    static func run(
        _ script: String, _ arguments: [String] = [], _ body: (Peer) async throws -> Void
    ) async throws {
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Missing(description: "no Python for the peers: scripts/install-dependencies.sh --tests makes it")
        }
        let name = "plinth-peer-\(HexDigits.encode(Randomness.system.bytes(8)))"
        let directory = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let program = try RunningProgram(
            python, [folder.appending(path: script).path, "--directory", directory.path] + arguments,
            in: folder.path, environment: ["PYTHONDONTWRITEBYTECODE": "1"])
        do {
            try await body(Peer(port: port(of: program), directory: directory))
        } catch {
            _ = await program.stop()
            throw error
        }
        _ = await program.stop()
    }

    private static func port(of program: RunningProgram) async throws -> Int {
        let prefix = "listening on "
        guard await program.output.contains(prefix), await program.output.contains("\n"),
            let line = await program.output.soFar.split(separator: "\n").first(where: { $0.hasPrefix(prefix) }),
            let port = Int(line.dropFirst(prefix.count))
        else { throw RunningProgram.NotRunning(output: await program.output.whole()) }
        return port
    }

    /// What arrived, oldest first.
    func inbox<Message: Decodable>(of _: Message.Type = Message.self) throws -> [Message] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try FileManager.default.contentsOfDirectory(atPath: directory.path)
            .filter { $0.hasSuffix(".json") }.sorted()
            .map { try decoder.decode(Message.self, from: Data(contentsOf: directory.appending(path: $0))) }
    }
}

extension EmailMessage {
    static func sample(
        to recipient: String = "ada@example.com", subject: HeaderText = "Hello", text: String = "One\n\nTwo\n",
        html: String = "<p>One</p>\n", name: HeaderText = "Plinth", from sender: String = "no-reply@example.org",
        unsubscribe: String? = nil
    ) throws -> EmailMessage {
        EmailMessage(
            id: ID(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0001), kind: .verifyEmail,
            from: Mailbox(name: name, address: try EmailAddress(parsing: sender)),
            to: try EmailAddress(parsing: recipient), date: Timestamp(seconds: 1_767_225_600), subject: subject,
            text: text, html: html, unsubscribeURL: unsubscribe)
    }
}

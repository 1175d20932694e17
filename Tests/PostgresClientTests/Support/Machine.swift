import Foundation

@testable import PostgresClient

/// What tests need of the machine.
enum Machine {
    /// Whether a missing program is a failure and no reason to skip.
    static let isContinuousIntegration = ProcessInfo.processInfo.environment["CI"] == "true"

    private static let directories = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/bin"]
    private static let commandLimit = Duration.seconds(30)

    struct Problem: Error {
        let text: String
    }

    static func program(_ name: String) -> String? {
        directories.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// Runs a program that must succeed.
    static func run(_ name: String, _ arguments: String...) throws {
        guard let program = program(name) else { throw Problem(text: "\(name) is not installed") }
        let outcome = try LocalCluster.ChildProcess.run([program] + arguments, within: commandLimit)
        guard outcome.succeeded else { throw Problem(text: outcome.output) }
    }

    /// A port of the loopback address that nobody listens on.
    static func freePort() throws -> Int {
        #if canImport(Darwin)
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw Problem(text: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

import CResolv
public import Core
import Foundation
import Synchronization

/// The DNS, asked through the system's resolver library, each question on a thread of its own: the library blocks.
///
/// An answer is believed as far as whoever gives it: DNSSEC is for the name server that is asked to check.
public struct SystemDomainRecords: DomainRecords {
    /// Whom to ask.
    public struct Server: Sendable, Equatable {
        /// An IPv4 address.
        public let address: String
        public let port: UInt16

        public init(address: String, port: UInt16 = 53) {
            self.address = address
            self.port = port
        }
    }

    /// What one name server has to answer a try.
    private static let tryLimit: Int32 = 2  // seconds
    private static let tries: Int32 = 2
    /// All name servers and tries together.
    private static let usualLimit = Duration.seconds(8)

    private let server: Server?
    private let limit: Duration

    /// - Parameter server: The name server to ask; nil for those of the system.
    public init(server: Server? = nil) {
        self.init(server: server, limit: Self.usualLimit)
    }

    init(server: Server?, limit: Duration) {
        self.server = server
        self.limit = limit
    }

    public func texts(of name: String) async throws -> [String] {
        let limit = limit
        let found = try await withThrowingTaskGroup(of: [[UInt8]]?.self) { group in
            group.addTask { [server] in try await Self.ask(name, server) }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let found else { throw DomainRecordsError.unavailable }
        return found.compactMap { String(validating: $0, as: UTF8.self) }
    }

    /// - Returns: Nil where nobody answers, or too many questions wait.
    private static func ask(_ name: String, _ server: Server?) async throws -> [[UInt8]]? {
        let isLet = questions.withLock { count in
            guard count < mostQuestions else { return false }
            count += 1
            return true
        }
        guard isLet else { return nil }
        let (results, result) = AsyncStream.makeStream(of: [[UInt8]]?.self)
        Thread.detachNewThread {
            result.yield(TextQuestion.ask(name, server, seconds: tryLimit, tries: tries))
            result.finish()
            questions.withLock { $0 -= 1 }
        }
        // Left by a task that is cancelled, while the thread goes on to its end.
        for await found in results { return found }
        throw CancellationError()
    }

    /// Threads that ask at the same time.
    private static let mostQuestions = 32
    private static let questions = Mutex(0)
}

/// A question for the texts of a name.
private enum TextQuestion {
    /// As much as an answer can be (RFC 1035, section 4.2.2).
    private static let longestAnswer = 65_535  // bytes

    /// - Returns: Nil where nobody answers; empty for a name without any.
    static func ask(
        _ name: String, _ server: SystemDomainRecords.Server?, seconds: Int32, tries: Int32
    ) -> [[UInt8]]? {
        // The C function stops at a zero byte.
        guard !name.utf8.contains(0) else { return [] }
        var answer = [UInt8](repeating: 0, count: longestAnswer)
        let length = plinth_dns_ask_texts(
            name, server?.address, server?.port ?? 0, seconds, tries, &answer, Int32(longestAnswer))
        // A longer one was cut off.
        guard length != PLINTH_DNS_FAILED, length <= longestAnswer else { return nil }
        return DomainAnswer(answer.prefix(max(0, Int(length)))).texts
    }
}

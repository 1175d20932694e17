import API
import Auth
import Core
import Hummingbird
import NIOCore
import Notifications
import ServiceLifecycle

/// The notifications of one person as server-sent events, for as long as the session lives.
///
/// It holds no events: each hint that there are some makes it ask for those after the last it sent. So a reader that is
/// slow costs nothing but its connection, which is cut when it takes nothing for too long.
struct NotificationStream: Sendable {
    /// How long nothing is sent at most, and how late at most it is noticed that a hint was missed or the session ended.
    static let heartbeat = Duration.seconds(15)
    /// When a client is to come again, in milliseconds: spread, so that those of a server that ends do not come at once.
    private static let retry = 2000...5000

    let centre: NotificationCentre
    let accounts: Accounts
    let principal: Principal
    let baseURL: String
    let time: TimeSource
    let randomness: Randomness

    /// - Parameter lastSeen: The last that the client has seen; nil to begin with what comes next.
    func run(
        after lastSeen: ID<UserNotification>?, writer: inout any ResponseBodyWriter
    ) async throws {
        // Subscribed before the first look, so that nothing falls between.
        let wakeUps = centre.wakeUps(of: principal.user.id)
        let (turns, turn) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let alarms = Task {
            await withDiscardingTaskGroup { group in
                group.addTask { for await _ in wakeUps { turn.yield() } }
                group.addTask {
                    repeat { turn.yield() } while (try? await Task.sleep(for: Self.heartbeat)) != nil
                }
            }
        }
        defer {
            alarms.cancel()
            turn.finish()
        }
        var news = News(after: lastSeen ?? .least(at: time.now()))
        try await writer.write(ByteBuffer(string: "retry: \(spreadRetry)\n\n"))
        for try await _ in turns.cancelOnGracefulShutdown() {
            guard try await accounts.isLive(principal) else { break }
            let found = try await centre.news(of: principal.user.id, after: news.horizon)
            let fresh = news.take(found)
            // A comment keeps the connection alive.
            let text = fresh.isEmpty ? ": still here\n\n" : try fresh.map(event).joined()
            try await writer.write(ByteBuffer(string: text))
            if found.count >= NotificationCentre.newsLimit { turn.yield() }
        }
        try await writer.finish(nil)
    }

    private var spreadRetry: Int {
        Self.retry.lowerBound + Int(Double(Self.retry.count - 1) * randomness.fraction())
    }

    private func event(_ notification: UserNotification) throws -> String {
        let json = try OK(NotificationBody(notification, baseURL: baseURL)).encodedBody() ?? []
        return "id: \(notification.id)\nevent: notification\ndata: \(String(decoding: json, as: UTF8.self))\n\n"
    }
}

/// Which notifications a stream has sent.
struct News {
    /// A unit of work that began earlier may be committed later: so far back is looked again.
    private static let lateness = Duration.seconds(5)

    private let begin: ID<UserNotification>
    private var last: ID<UserNotification>
    /// Of those that are looked at again.
    private var sent: Set<ID<UserNotification>> = []
    private var isCrowded = false

    /// - Parameter id: Neither this nor any before it is sent.
    init(after id: ID<UserNotification>) {
        begin = id
        last = id
    }

    /// Those after this one are to be looked at.
    var horizon: ID<UserNotification> {
        isCrowded ? last : max(begin, .least(at: last.madeAt - Self.lateness))
    }

    /// Those that were not sent yet, now counted as sent.
    mutating func take(_ found: [UserNotification]) -> [UserNotification] {
        let fresh = found.filter { !sent.contains($0.id) }
        isCrowded = found.count >= NotificationCentre.newsLimit
        last = max(last, fresh.last?.id ?? last)
        let oldest = horizon
        sent = sent.filter { $0 > oldest }.union(fresh.map(\.id))
        return fresh
    }
}

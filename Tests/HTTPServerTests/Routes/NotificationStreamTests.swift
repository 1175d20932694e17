import Core
import Fakes
import HTTPTypes
import Hummingbird
import NIOCore
import Notifications
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth
@testable import HTTPServer

struct NotificationStreamTests {
    /// What a stream has written, piece by piece.
    private final class Written: ResponseBodyWriter, Sendable {
        let pieces: AsyncStream<String>
        private let continuation: AsyncStream<String>.Continuation

        init() {
            (pieces, continuation) = AsyncStream.makeStream()
        }

        func write(_ buffer: ByteBuffer) async throws { continuation.yield(String(buffer: buffer)) }
        func finish(_ trailingHeaders: HTTPFields?) async throws { continuation.finish() }
    }

    /// Runs a test with somebody who is signed in, and what a stream writes to them.
    private func withStream(
        after lastSeen: ID<UserNotification>? = nil, before: (TestAPI, ID<User>) async throws -> Void = { _, _ in },
        _ body: (_ api: TestAPI, _ user: ID<User>, _ pieces: inout AsyncStream<String>.Iterator) async throws -> Void
    ) async throws {
        try await TestAPI.run { api async throws in
            let services = api.installation.services
            let claims = try services.verifier.verify(try await api.register().access, now: api.time.now)
            let principal = try await services.accounts.authenticate(claims)
            try await before(api, principal.user.id)
            let stream = NotificationStream(
                centre: services.notifications, accounts: services.accounts, principal: principal,
                baseURL: TestInstallation.origin, time: api.time.source, randomness: .system)
            let written = Written()
            let running = Task {
                var writer: any ResponseBodyWriter = written
                try await stream.run(after: lastSeen, writer: &writer)
            }
            var pieces = written.pieces.makeAsyncIterator()
            #expect(await pieces.next()?.hasPrefix("retry: ") == true)
            try await body(api, principal.user.id, &pieces)
            running.cancel()
            _ = await running.result
        }
    }

    private static func notification(
        _ user: ID<User>, id: ID<UserNotification>, title: String = "Hello"
    ) -> UserNotification {
        UserNotification(
            id: id, userID: user, kind: .newSignIn, title: title, body: "two\nlines", path: nil, createdAt: id.madeAt)
    }

    private static func id(_ offset: Duration = .zero, _ number: UInt64 = 1) -> ID<UserNotification> {
        let least = ID<UserNotification>.least(at: ManualTimeStart.time + offset)
        return ID(high: least.high, low: least.low + number)
    }

    private enum ManualTimeStart {
        static let time = Timestamp(seconds: 1_767_225_600)
    }

    @Test func `what is new comes at once, as one event that names its id`() async throws {
        try await withStream { api, user, pieces async throws in
            #expect(await pieces.next() == ": still here\n\n")
            let notification = Self.notification(user, id: Self.id(.seconds(1)), title: "Zoë \"1\"")
            try await api.database.scoped(.system).notifications.insert(notification)
            let event = try #require(await pieces.next())
            let lines = event.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 5)
            #expect(lines[0] == "id: \(notification.id)")
            #expect(lines[1] == "event: notification")
            #expect(lines[2].hasPrefix(#"data: {"id":"\#(notification.id)","kind":"new_sign_in","title":"Zoë \"1\"","#))
            #expect(event.hasSuffix("}\n\n"))
        }
    }

    @Test func `a stream goes on after the last that was seen, and brings none before it opened`() async throws {
        let (first, second) = (Self.id(.zero - .minutes(2)), Self.id(.zero - .minutes(1)))
        for (seen, expected) in [(first, [second]), (second, []), (nil, [])] {
            try await withStream(after: seen) { api, user in
                for id in [first, second] {
                    try await api.database.scoped(.system).notifications.insert(Self.notification(user, id: id))
                }
            } _: { _, _, pieces async throws in
                let piece = try #require(await pieces.next())
                #expect(expected.allSatisfy { piece.contains("id: \($0)\n") })
                #expect(piece.contains("event:") == !expected.isEmpty)
                #expect(!piece.contains("id: \(first)\n"))
            }
        }
    }

    @Test func `the end of the session ends the stream`() async throws {
        try await withStream { api, user, pieces async throws in
            #expect(await pieces.next() == ": still here\n\n")
            _ = try await api.database.scoped(.system).sessions.revokeAll(
                of: user, except: nil, reason: .revokedByUser, at: api.time.now)
            #expect(await pieces.next() == nil)
        }
    }

    @Test func `what is committed late is not lost, and nothing comes twice`() {
        let user = ID<User>(high: 1, low: 1)
        func made(_ seconds: Int64, _ number: UInt64 = 1) -> UserNotification {
            Self.notification(user, id: Self.id(.seconds(seconds), number))
        }
        var news = News(after: Self.id())
        #expect(news.take([made(10), made(12)]).count == 2)
        // Made before the last that was sent, and looked for again.
        #expect(news.horizon < made(11).id)
        #expect(news.take([made(10), made(11), made(12)]) == [made(11)])
        #expect(news.take([made(10), made(11), made(12)]).isEmpty)
        #expect(news.take([made(30)]) == [made(30)])
        #expect(news.horizon > made(24).id && news.horizon < made(26).id)
        // As many as one look brings: the next begins after them, however near they are.
        let crowd = (0..<100).map { made(31, UInt64($0) + 1) }
        #expect(news.take(crowd).count == 100)
        #expect(news.horizon == crowd.last?.id)
    }

    @Test func `on the wire it is a stream of events, which a sign-out ends`() async throws {
        try await LiveAPI.run { api async throws in
            let body = TestAPI.registration("ada@example.com")
            let registered = try await api.exchange(
                "POST /api/v1/auth/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            let token = try #require(registered.first?.json?["access_token"] as? String)
            let connection = try api.connect()
            defer { connection.close() }
            try await connection.send(
                "GET /api/v1/users/me/notifications/stream HTTP/1.1\r\nHost: localhost\r\n"
                    + "Accept: text/event-stream\r\nAuthorization: Bearer \(token)\r\n\r\n")
            let logout = try await api.exchange(
                "POST /api/v1/auth/logout HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Authorization: Bearer \(token)\r\nContent-Length: 0\r\n\r\n")
            #expect(logout.first?.status == 204)
            try await connection.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            let (bytes, ending) = try await connection.receiveBytes()
            #expect(ending == .closed)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("200 OK"))
            #expect(text.lowercased().contains("content-type: text/event-stream"))
            #expect(text.contains("retry: "))
            #expect(text.contains(#"{"status":"alive"}"#))
        }
    }
}

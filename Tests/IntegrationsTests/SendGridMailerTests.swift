import Core
import Fakes
import Foundation
import Testing

@testable import Integrations

/// Against a server on loopback that fails in every way there is.
struct SendGridMailerTests {
    private struct Arrived: Decodable {
        struct Mail: Decodable {
            struct Address: Decodable {
                let email: String
                let name: String?
            }
            struct Personalization: Decodable {
                let to: [Address]
            }
            struct Content: Decodable {
                let type: String
                let value: String
            }
            struct Tracking: Decodable {
                struct Setting: Decodable {
                    let enable: Bool
                }
                let clickTracking: Setting
                let openTracking: Setting
            }
            let personalizations: [Personalization]
            let from: Address
            let subject: String
            let content: [Content]
            let headers: [String: String]
            struct Settings: Decodable {
                let bypassBounceManagement: Tracking.Setting
                let bypassSpamManagement: Tracking.Setting
            }
            let trackingSettings: Tracking
            let mailSettings: Settings
        }
        let line: String
        let headers: [String: String]
        let mail: Mail
    }

    /// Runs a test with a mailer and the server it talks to.
    private func withPeer(
        limit: Duration = .seconds(10), key: String = "SG.key",
        _ body: (_ mailer: SendGridMailer, _ peer: Peer) async throws -> Void
    ) async throws {
        try await Peer.run("http_peer.py", ["--key", "SG.key"]) { peer in
            let http = OutboundHTTP(limit: limit)
            let mailer = SendGridMailer(
                key: Secret(key), base: "http://127.0.0.1:\(peer.port)/", http: http, time: ManualTime().source)
            do {
                try await body(mailer, peer)
            } catch {
                Issue.record(error)
            }
            await http.shutdown()
        }
    }

    @Test func `a mail arrives as SendGrid wants it, with links that stay as they are`() async throws {
        try await withPeer { mailer, peer in
            let message = try EmailMessage.sample(
                to: "zoë@bücher.example", subject: "Grüße\r\nBcc: x", unsubscribe: "https://app.example.com/settings")
            try await mailer.send(message)
            let arrived = try #require(try peer.inbox(of: Arrived.self).first)
            #expect(arrived.line == "POST /v3/mail/send HTTP/1.1")
            #expect(arrived.headers["authorization"] == "Bearer SG.key")
            #expect(arrived.headers["content-type"] == "application/json")
            let mail = arrived.mail
            #expect(mail.personalizations.map { $0.to.map(\.email) } == [["zoë@xn--bcher-kva.example"]])
            #expect(mail.from.email == "no-reply@example.org")
            #expect(mail.from.name == "Plinth")
            #expect(mail.subject == "Grüße Bcc: x")
            #expect(mail.content.map(\.type) == ["text/plain", "text/html"])
            #expect(mail.content.map(\.value) == [message.text, message.html])
            #expect(
                mail.headers == [
                    "Message-ID": message.messageID, "Auto-Submitted": "auto-generated",
                    "List-Unsubscribe": "<https://app.example.com/settings>",
                ])
            #expect(!mail.trackingSettings.clickTracking.enable)
            #expect(!mail.trackingSettings.openTracking.enable)
            // Which address is good is for our own table to say.
            #expect(mail.mailSettings.bypassBounceManagement.enable)
            #expect(mail.mailSettings.bypassSpamManagement.enable)
        }
    }

    @Test(arguments: [
        ("error", nil), ("busy", Duration.seconds(2)), ("limited", .seconds(7)), ("away", .seconds(60)),
        ("dropped", nil), ("cut", nil), ("garbage", nil), ("moved", nil), ("locked", nil), ("huge", nil),
    ])
    func `what may pass is temporary, and the next try arrives once`(name: String, wait: Duration?) async throws {
        try await withPeer { mailer, peer in
            let message = try EmailMessage.sample(to: "\(name)@example.com")
            let failure = await #expect(throws: MailFailure.self) { try await mailer.send(message) }
            guard case .temporary(let reason, let after) = failure else {
                Issue.record("not temporary: \(String(describing: failure))")
                return
            }
            #expect(after == wait)
            #expect(!reason.contains("SG.key") && !reason.contains("example.com"))
            try await mailer.send(message)
            #expect(try peer.inbox(of: Arrived.self).count == 1)
        }
    }

    @Test(arguments: ["silent", "slow-body"])
    func `an answer that does not end is given up in time`(name: String) async throws {
        try await withPeer(limit: .seconds(1)) { mailer, peer in
            let message = try EmailMessage.sample(to: "\(name)@example.com")
            await #expect(throws: MailFailure.temporary(reason: "SendGrid: no answer within 1.0 seconds")) {
                try await mailer.send(message)
            }
            try await mailer.send(message)
            #expect(try peer.inbox(of: Arrived.self).count == 1)
        }
    }

    @Test func `where the answer was lost, the mail comes again with the same Message-ID`() async throws {
        try await withPeer { mailer, peer in
            let message = try EmailMessage.sample(to: "lost@example.com")
            await #expect(throws: MailFailure.self) { try await mailer.send(message) }
            try await mailer.send(message)
            let ids = try peer.inbox(of: Arrived.self).map { $0.mail.headers["Message-ID"] }
            #expect(ids == [message.messageID, message.messageID])
        }
    }

    @Test func `a mail that SendGrid finds wrong is not sent again, a wrong key is an operator's to mend`() async throws
    {
        try await withPeer { mailer, _ in
            await #expect(throws: MailFailure.refused(reason: "SendGrid answered 400")) {
                try await mailer.send(.sample(to: "always-bad@example.com"))
            }
        }
        try await withPeer(key: "SG.other") { mailer, _ in
            await #expect(throws: MailFailure.temporary(reason: "SendGrid answered 401")) {
                try await mailer.send(.sample())
            }
        }
    }

    @Test func `a key that can't be sent is in no error`() async throws {
        try await withPeer(key: "SG.secret\n") { mailer, _ in
            let failure = await #expect(throws: MailFailure.self) { try await mailer.send(.sample()) }
            #expect(!String(reflecting: failure).contains("secret"))
        }
    }

    @Test(arguments: [
        ("120", Duration.seconds(120)), (" 0 ", .zero), ("Thu, 01 Jan 2026 00:01:00 GMT", .seconds(60)),
        ("Wed, 31 Dec 2025 23:00:00 GMT", .zero), ("-1", nil), ("soon", nil), ("", nil),
    ])
    func `Retry-After is seconds or a date`(value: String, duration: Duration?) {
        #expect(RetryAfter.duration(value, at: Timestamp(seconds: 1_767_225_600)) == duration)
    }
}

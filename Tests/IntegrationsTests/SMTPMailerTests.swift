import Core
import Foundation
import Testing

@testable import Integrations

/// Against a real mail server on loopback.
struct SMTPMailerTests {
    private struct Arrived: Decodable {
        let from: String
        let to: [String]
        let data: String
        let tls: Bool
        let user: String?
        /// As whom the client greeted.
        let helo: String
        /// What a mail program shows.
        let subject: String
        let plain: String
        let html: String

        /// The lines of a header field, unfolded.
        func field(_ name: String) -> [String] {
            let head = data.components(separatedBy: "\r\n\r\n").first ?? ""
            return head.replacing("\r\n ", with: " ").components(separatedBy: "\r\n")
                .filter { $0.hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
        }
    }

    private func mailer(
        _ peer: Peer, scheme: String = "smtp", credentials: String = "", query: String = "",
        limit: Duration = .seconds(10)
    ) throws -> SMTPMailer {
        let server = try SMTPServer(url: "\(scheme)://\(credentials)127.0.0.1:\(peer.port)\(query)")
        return SMTPMailer(server: server, limits: .init(opening: limit, whole: limit))
    }

    @Test func `a mail arrives as it was written`() async throws {
        try await Peer.run("smtp_peer.py") { peer in
            let text = "Grüße,\n\n.\n..two dots\nFrom here\n" + String(repeating: "long ", count: 400) + "\n"
            let message = try EmailMessage.sample(
                subject: "Zoë, “hello” — a subject that is so long that it takes more than one encoded word 🎉",
                text: text, html: "<p>Grüße</p>\n", name: "Plinth, \"Inc\"",
                unsubscribe: "https://app.example.com/settings")
            try await mailer(peer).send(message)
            let mails = try peer.inbox(of: Arrived.self)
            #expect(mails.count == 1)
            let mail = try #require(mails.first)
            #expect(mail.helo == "example.org")
            #expect(mail.from == "no-reply@example.org")
            #expect(mail.to == ["ada@example.com"])
            #expect(mail.field("Message-ID") == ["<\(message.id)@example.org>"])
            #expect(mail.field("Auto-Submitted") == ["auto-generated"])
            #expect(mail.field("Date") == ["Thu, 01 Jan 2026 00:00:00 +0000"])
            #expect(mail.field("From") == [#""Plinth, \"Inc\"" <no-reply@example.org>"#])
            #expect(mail.field("To") == ["ada@example.com"])
            #expect(mail.field("List-Unsubscribe") == ["<https://app.example.com/settings>"])
            #expect(mail.field("Content-Type").first?.hasPrefix("multipart/alternative; boundary=") == true)
            #expect(mail.data.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 998 })
            #expect(mail.subject == message.subject.text)
            #expect(mail.plain == text)
            #expect(mail.html == message.html)
        }
    }

    @Test func `nothing in a mail can add a field or end it early`() async throws {
        try await Peer.run("smtp_peer.py") { peer in
            let message = try EmailMessage.sample(
                subject: "x\r\nBcc: all@example.com\r\n\r\nbody", text: "a\r\n.\r\nQUIT\r\n", html: "\n.\n",
                name: "y\r\nX-Evil: 1", unsubscribe: "https://a.example/>\r\nX-Evil: 2")
            try await mailer(peer).send(message)
            let mail = try #require(try peer.inbox(of: Arrived.self).first)
            #expect(mail.to == ["ada@example.com"])
            for name in ["Bcc", "X-Evil", "List-Unsubscribe"] { #expect(mail.field(name).isEmpty) }
            #expect(mail.plain == "a\n.\nQUIT\n")
            #expect(throws: EmailAddress.Problem.self) {
                try EmailAddress(parsing: "ada@example.com>\r\nRCPT TO:<all@example.com")
            }
        }
    }

    @Test func `letters beyond ASCII reach addresses too`() async throws {
        try await Peer.run("smtp_peer.py") { peer in
            try await mailer(peer).send(.sample(to: "zoë@bücher.example"))
            let mail = try #require(try peer.inbox(of: Arrived.self).first)
            #expect(mail.to == ["zoë@xn--bcher-kva.example"])
        }
    }

    @Test(arguments: [("busy", 1), ("refused-data", 1), ("lost", 2)])
    func `a failure that may pass is temporary, and the next try is the same mail`(
        name: String, arrivals: Int
    ) async throws {
        try await Peer.run("smtp_peer.py") { peer in
            let (mailer, message) = (try mailer(peer), try EmailMessage.sample(to: "\(name)@example.com"))
            try await Self.expectTemporary { try await mailer.send(message) }
            try await mailer.send(message)
            let mails = try peer.inbox(of: Arrived.self)
            #expect(mails.count == arrivals)
            #expect(Set(mails.flatMap { $0.field("Message-ID") }) == [message.messageID])
            #expect(Set(mails.flatMap { $0.field("Date") }).count == 1)
        }
    }

    @Test func `a server that falls silent after the mail is given up, and tried again`() async throws {
        try await Peer.run("smtp_peer.py") { peer in
            let message = try EmailMessage.sample(to: "stalled@example.com")
            try await Self.expectTemporary { try await mailer(peer, limit: .seconds(1)).send(message) }
            try await mailer(peer).send(message)
            #expect(try peer.inbox(of: Arrived.self).count == 1)
        }
    }

    @Test(arguments: ["dropped", "refused", "stalled", "closed"])
    func `a connection that comes to nothing is tried again`(kind: String) async throws {
        try await Peer.run("smtp_peer.py", ["--first-connection", kind]) { peer in
            let message = try EmailMessage.sample()
            try await Self.expectTemporary { try await mailer(peer, limit: .seconds(1)).send(message) }
            try await mailer(peer).send(message)
            #expect(try peer.inbox(of: Arrived.self).count == 1)
        }
    }

    @Test func `nobody there is temporary`() async throws {
        let mailer = SMTPMailer(server: try SMTPServer(url: "smtp://127.0.0.1:1"))
        try await Self.expectTemporary { try await mailer.send(.sample()) }
    }

    @Test func `what the server refuses for good is told apart, without the address`() async throws {
        try await Peer.run("smtp_peer.py") { peer in
            let mailer = try mailer(peer)
            func failure(_ name: String) async -> MailFailure? {
                await #expect(throws: MailFailure.self) { try await mailer.send(.sample(to: "\(name)@example.com")) }
            }
            #expect(await failure("unknown") == .noSuchRecipient(reason: "SMTP: the server said 550 5.1.1"))
            #expect(await failure("policy") == .temporary(reason: "SMTP: the server said 550 5.7.1"))
            #expect(await failure("full") == .refused(reason: "SMTP: the server said 552 5.2.2"))
            #expect(await failure("plain550") == .refused(reason: "SMTP: the server said 550"))
            // Who refuses the sender says nothing of the recipient.
            await #expect(throws: MailFailure.temporary(reason: "SMTP: the server said 550 5.1.1")) {
                try await mailer.send(.sample(from: "refused@example.org"))
            }
            #expect(try peer.inbox(of: Arrived.self).isEmpty)
        }
    }

    @Test(arguments: ["starttls", "always"])
    func `credentials travel over TLS to a server whose certificate is known`(tls: String) async throws {
        let scheme = tls == "always" ? "smtps" : "smtp"
        try await Peer.run("smtp_peer.py", ["--tls", tls, "--credentials", "mailer:s3cret"]) { peer in
            let known = "?sslrootcert=\(peer.directory.path)/certificate.pem"
            try await mailer(peer, scheme: scheme, credentials: "mailer:s3cret@", query: known).send(.sample())
            let mail = try #require(try peer.inbox(of: Arrived.self).first)
            #expect(mail.tls)
            #expect(mail.user == "mailer")
            try await Self.expectTemporary {
                try await mailer(peer, scheme: scheme, credentials: "mailer:wrong@", query: known).send(.sample())
            }
            if tls == "always" {
                try await Self.expectTemporary {
                    try await mailer(peer, scheme: scheme, credentials: "mailer:s3cret@").send(.sample())
                }
            }
            #expect(try peer.inbox(of: Arrived.self).count == 1)
        }
    }

    @Test func `a server of this machine may show any certificate, and may keep callers waiting`() async throws {
        try await Peer.run("smtp_peer.py", ["--tls", "starttls", "--greeting-delay", "4"]) { peer in
            try await mailer(peer).send(.sample())
            #expect(try peer.inbox(of: Arrived.self).map(\.tls) == [true])
        }
    }

    @Test func `a task that is cancelled gives up soon`() async throws {
        try await Peer.run("smtp_peer.py", ["--first-connection", "stalled"]) { peer in
            let mailer = try mailer(peer, limit: .seconds(60))
            let task = Task { try await mailer.send(.sample()) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    private static func expectTemporary(_ body: () async throws -> Void) async throws {
        let failure = await #expect(throws: MailFailure.self) { try await body() }
        guard case .temporary(_, nil) = failure else {
            Issue.record("not temporary: \(String(describing: failure))")
            return
        }
    }
}

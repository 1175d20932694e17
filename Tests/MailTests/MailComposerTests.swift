import Auth
import Core
import Fakes
import Foundation
import Testing

@testable import Mail

struct MailComposerTests {
    @Test func `a mail is written the same again, with its token in the link`() throws {
        let composer = try MailFixture.composer()
        let job = try MailFixture.job()
        let message = try composer.message(of: job)
        #expect(message == (try composer.message(of: job)))
        #expect(message.id == job.id)
        #expect(message.date == job.createdAt)
        #expect(message.to.text == "ada@example.com")
        #expect(message.links == ["https://app.example.com/verify-email?token=\(MailFixture.token)"])
        #expect(message.text.contains("\n\(message.links[0])\n"))
        #expect(message.html.contains("href=\"\(message.links[0])\""))
        #expect(message.messageID == "<\(job.id)@example.com>")
        #expect(message.extraFields.map(\.name) == ["Message-ID", "Auto-Submitted"])
    }

    @Test func `a mail waiting while the master key is replaced keeps its token`() throws {
        let (old, new) = (Self.masterKey(1), Self.masterKey(2))
        let before = OneTimeTokens(keys: try MasterKeys(hexadecimal: [old]))
        let token = before.token(for: MailFixture.id, purpose: .verifyEmail)
        let job = try MailFixture.job(hash: OneTimeTokens.hash(of: token))
        let link = "https://app.example.com/verify-email?token=\(token)"
        #expect(try Self.composer([old]).message(of: job).links == [link])
        #expect(try Self.composer([new, old]).message(of: job).links == [link])
        #expect(throws: MailComposer.Problem.masterKeyGone) { try Self.composer([new]).message(of: job) }
    }

    @Test func `what can't be written is told`() throws {
        let composer = try MailFixture.composer()
        #expect(throws: MailTemplates.Problem.missing(MailKind("unheard"), .english)) {
            try composer.message(of: MailFixture.job(MailKind("unheard")))
        }
        #expect(throws: MailComposer.Problem.malformedRecipient) {
            try composer.message(of: MailFixture.job(to: "ada@example.com\r\nBcc: all@example.com"))
        }
        let job = Job(
            id: MailFixture.id, name: OutgoingMail.jobName, parameters: Array(#"{"kind":"unheard"}"#.utf8),
            runAt: MailFixture.time, createdAt: MailFixture.time)
        #expect(throws: DecodingError.self) { try composer.message(of: job) }
    }

    @Test(arguments: [
        "one\r\nBcc: all@example.com", "one\nBcc: all@example.com", "one\u{85}two", "one\u{2028}two", "one\u{0}two",
        "one\u{B}two\u{C}three", "\u{202E}one",
    ])
    func `a subject is one line, whatever is in it`(value: String) throws {
        let files =
            TemplateFile.bundled + [
                TemplateFile("en/sample", "{{<layout}}{{$subject}}{{value}}{{/subject}}{{/layout}}")
            ]
        let message = try MailFixture.composer(files).message(
            of: MailFixture.job(MailKind("sample"), values: ["value": value]))
        #expect(
            message.subject.text.unicodeScalars.allSatisfy {
                $0 == " "
                    || ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            })
        #expect(message.subject.text.contains("one"))
    }

    @Test func `where a mail can be stopped, a field says so, and nothing ends it early`() throws {
        let sample = try MailFixture.composer().sample(of: .verifyEmail, in: .english)
        func field(_ url: String?) -> String? {
            EmailMessage(
                id: sample.id, kind: sample.kind, from: sample.from, to: sample.to, date: sample.date,
                subject: sample.subject, text: "", html: "", unsubscribeURL: url
            ).extraFields.first { $0.name == "List-Unsubscribe" }?.value
        }
        #expect(field(nil) == nil)
        #expect(field("https://app.example.com/settings") == "<https://app.example.com/settings>")
        #expect(field("https://app.example.com/>\r\nBcc: all@example.com") == nil)
    }

    /// What differs is written anew, so that the difference shows in the repository.
    @Test func `mails look as they did`() throws {
        let folder = MailFixture.repository.appending(path: "Tests/MailTests/Snapshots")
        let composer = try MailFixture.composer()
        for kind in composer.templates.kinds {
            for language in Language.allCases {
                let message = try composer.sample(of: kind, in: language)
                let text = "Subject: \(message.subject)\n\n\(message.text)"
                for (ending, content) in [("txt", text), ("html", message.html)] {
                    let file = folder.appending(path: "\(kind.rawValue).\(language.rawValue).\(ending)")
                    let kept = try? String(contentsOf: file, encoding: .utf8)
                    if kept != content { try content.write(to: file, atomically: true, encoding: .utf8) }
                    #expect(kept == content, "\(file.lastPathComponent) is written anew: look at the difference")
                }
            }
        }
    }

    private static func masterKey(_ seed: UInt64) -> String {
        HexDigits.encode(Randomness.seeded(seed).bytes(32))
    }

    private static func composer(_ keys: [String]) throws -> MailComposer {
        MailComposer(
            templates: try MailTemplates(),
            from: Mailbox(address: try EmailAddress(parsing: "no-reply@example.com")),
            baseURL: "https://app.example.com", productName: "Plinth",
            token: OneTimeTokens(keys: try MasterKeys(hexadecimal: keys)).token)
    }
}

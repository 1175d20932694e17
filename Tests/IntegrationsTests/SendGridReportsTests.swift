import Core
import Crypto
import Foundation
import Testing

@testable import Integrations

struct SendGridReportsTests {
    private static let now = Timestamp(seconds: 1_767_225_600)
    private let key = P256.Signing.PrivateKey()

    private func reports(_ keys: [P256.Signing.PrivateKey]? = nil) throws -> SendGridReports {
        try SendGridReports(
            publicKeys: (keys ?? [key]).map { $0.publicKey.derRepresentation.base64EncodedString() })
    }

    private func headers(
        _ body: String, at time: Timestamp = now, key: P256.Signing.PrivateKey? = nil
    ) throws -> [String: String] {
        let timestamp = String(time.seconds)
        let signature = try (key ?? self.key).signature(for: Data((timestamp + body).utf8))
        return [
            SendGridReports.signatureHeader: signature.derRepresentation.base64EncodedString(),
            SendGridReports.timestampHeader: timestamp,
        ]
    }

    private func read(_ body: String, _ headers: [String: String], at time: Timestamp = now) throws -> [MailSuppression]
    {
        try reports().suppressions(in: Array(body.utf8), header: { headers[$0] }, at: time)
    }

    @Test func `bounces and complaints are read, and the rest is not news`() throws {
        let body = """
            [{"event":"bounce","email":"Ada@Example.com","timestamp":1767225000,"type":"bounce","reason":"550 5.1.1 no"},
             {"event":"bounce","email":"blocked@example.com","timestamp":1767225000,"type":"blocked","reason":"421"},
             {"event":"spamreport","email":"bob@example.com","timestamp":1767225001},
             {"event":"dropped","email":"cy@example.com","timestamp":1767225002,"reason":"Bounced Address"},
             {"event":"dropped","email":"di@example.com","timestamp":1767225002,"reason":"Spam Reporting Address"},
             {"event":"dropped","email":"ed@example.com","timestamp":1767225002,"reason":"Invalid SMTPAPI header"},
             {"event":"delivered","email":"flo@example.com","timestamp":1767225003,"sg_event_id":"x","ip":"192.0.2.1"},
             {"event":"bounce","email":"no address","timestamp":1767225000},
             {"event":"unheard"}, {"event":7,"type":[]}, {}]

            """
        let news = try read(body, headers(body))
        #expect(news.map(\.emailKey) == ["ada@example.com", "bob@example.com", "cy@example.com", "di@example.com"])
        #expect(news.map(\.reason) == [.bounce, .complaint, .bounce, .complaint])
        #expect(news.first?.detail == "550 5.1.1 no")
        #expect(news.first?.occurredAt == Timestamp(seconds: 1_767_225_000))
    }

    @Test func `what OpenSSL signed is taken`() throws {
        let reports = try SendGridReports(publicKeys: [Self.publicKey])
        let headers = [
            SendGridReports.signatureHeader: Self.signature, SendGridReports.timestampHeader: "1767225600",
        ]
        #expect(try reports.suppressions(in: Array(Self.body.utf8), header: { headers[$0] }, at: Self.now).count == 1)
    }

    @Test func `the signature covers every byte and the time`() throws {
        let body = #"[{"event":"spamreport","email":"bob@example.com","timestamp":1767225001}]"#
        let good = try headers(body)
        #expect(try read(body, good).count == 1)
        #expect(throws: MailReportProblem.badSignature) { try read(body + " ", good) }
        #expect(throws: MailReportProblem.badSignature) { try read(body, [:]) }
        for name in good.keys {
            var changed = good
            changed[name] = name == SendGridReports.timestampHeader ? "1767225601" : "AAAA"
            #expect(throws: MailReportProblem.badSignature) { try read(body, changed) }
        }
        let other = try headers(body, key: P256.Signing.PrivateKey())
        #expect(throws: MailReportProblem.badSignature) { try read(body, other) }
    }

    @Test func `a report is good for five minutes to either side`() throws {
        let body = "[]"
        for (age, isGood) in [(Duration.seconds(300), true), (.seconds(301), false)] {
            for time in [Self.now - age, Self.now + age] {
                let headers = try headers(body, at: time)
                if isGood {
                    #expect(try read(body, headers).isEmpty)
                } else {
                    #expect(throws: MailReportProblem.badSignature) { try read(body, headers) }
                }
            }
        }
        for time in ["9223372036854775807", "-9223372036854775808", "1e9", ""] {
            #expect(throws: MailReportProblem.badSignature) {
                try read(body, [SendGridReports.timestampHeader: time, SendGridReports.signatureHeader: ""])
            }
        }
    }

    @Test func `while a key is replaced, both are good`() throws {
        let next = P256.Signing.PrivateKey()
        let headers = try headers("[]", key: next)
        #expect(
            try reports([key, next]).suppressions(in: Array("[]".utf8), header: { headers[$0] }, at: Self.now) == [])
    }

    @Test(arguments: ["{}", "", "[1]", "[[]]", "\u{FEFF}"])
    func `what is signed and can't be read is told apart`(body: String) throws {
        let headers = try headers(body)
        #expect(throws: MailReportProblem.malformed) { try read(body, headers) }
    }

    @Test(arguments: ["", "AAAA", "no base64!"]) func `what is no key is refused`(text: String) {
        #expect(throws: SendGridReports.MalformedKey.self) { try SendGridReports(publicKeys: [text]) }
    }

    private static let body = #"[{"event":"spamreport","email":"bob@example.com","timestamp":1767225001}]"#
    private static let publicKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE01NF4TPWAw+nE6JGEIpKr9XrSP"
        + "Q3tBHNQQtALTb6IR8F/f8zskh/5WtKYD5X1kLeNEr0VvoM8obISXryvvr37w=="
    private static let signature =
        "MEUCIQCKqARvGEwYiyN80ywo6ePLNMcvIPl+ig0xGETYhFlM"
        + "NAIgD9X7tCHmFrYqoGIDg+qPKd9FoEltKqT4frhjIV5yKKU="
}

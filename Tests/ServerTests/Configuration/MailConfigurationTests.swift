import Core
import Testing

@testable import Integrations
@testable import Server

struct MailConfigurationTests {
    private func configuration(
        _ values: [String: String], isProduction: Bool = false
    ) -> (mail: MailConfiguration, problems: [String]) {
        var problems: [String] = []
        let settings = Settings(options: [:], environment: values, file: [:])
        let mail = MailConfiguration(settings, isProduction: isProduction, problems: &problems)
        return (mail, problems)
    }

    @Test func `on a laptop mails stay in the outbox`() {
        let (mail, problems) = configuration([:])
        #expect(problems.isEmpty)
        #expect(mail.way.isOutbox)
        #expect(mail.reports == nil)
        #expect(mail.from.address.text == "no-reply@plinth.example")
    }

    @Test func `production sends them, or is told not to`() {
        let silent = configuration([:], isProduction: true).problems
        #expect(silent.count == 2)
        #expect(silent.contains { $0.contains("Neither SENDGRID_API_KEY nor SMTP_URL is set") })
        #expect(silent.contains { $0.contains("MAIL_FROM is not set") })
        let told = configuration(
            ["SMTP_URL": "outbox:", "MAIL_FROM": "Example <no-reply@example.com>"], isProduction: true)
        #expect(told.problems.isEmpty)
        #expect(told.mail.way.isOutbox)
        #expect(told.mail.from.name == "Example")
    }

    @Test func `a mail server or SendGrid is used as soon as it is named`() throws {
        let smtp = configuration(["SMTP_URL": "smtp://a:b@mail.example.com", "MAIL_FROM": "no-reply@example.com"])
        #expect(smtp.problems.isEmpty)
        #expect(smtp.mail.summary == "SMTP server mail.example.com port 587")
        let sendGrid = configuration(["SENDGRID_API_KEY": "SG.x", "MAIL_FROM": "no-reply@example.com"])
        #expect(sendGrid.problems.isEmpty)
        guard case .sendGrid(let key, let base) = sendGrid.mail.way else {
            Issue.record("not SendGrid")
            return
        }
        #expect(key == Secret("SG.x"))
        #expect(base == "https://api.sendgrid.com")
    }

    @Test(arguments: [
        (["SMTP_URL": "smtp://a", "SENDGRID_API_KEY": "SG.x"], "both set"),
        (["SMTP_URL": "mail.example.com"], "SMTP_URL must be smtp://host"),
        (["SMTP_URL": "smtp://user:secret@mail.example.com?tls=off"], "SMTP_URL has an option that is not sslrootcert"),
        (["SENDGRID_API_KEY": "SG.x", "SENDGRID_API_BASE": "http://example.com"], "SENDGRID_API_BASE must begin with"),
        (["SMTP_URL": "outbox:", "SENDGRID_WEBHOOK_PUBLIC_KEY": "secret"], "SENDGRID_WEBHOOK_PUBLIC_KEY is no public"),
        (["SMTP_URL": "outbox:", "MAIL_FROM": "Example"], "MAIL_FROM must be an address"),
    ])
    func `what can't be right is told, without what is secret`(values: [String: String], sentence: String) {
        let all = ["MAIL_FROM": "no-reply@example.com"].merging(values) { $1 }
        let problems = configuration(all, isProduction: true).problems
        #expect(problems.count == 1)
        #expect(problems.first?.contains(sentence) == true)
        #expect(problems.first?.contains("secret") == false)
    }
}

import Core
import Integrations

/// How mails leave, and what the provider reports of them.
struct MailConfiguration: Sendable {
    enum Way: Sendable {
        /// They stay in the database, where the outbox shows them.
        case outbox
        case sendGrid(key: Secret, base: String)
        case smtp(SMTPServer)
    }

    /// What `SMTP_URL` says where mails are to stay, production included.
    private static let outboxURL = "outbox:"
    private static let sendGridBase = "https://api.sendgrid.com"
    private static let developmentSender = "no-reply@plinth.example"

    let way: Way
    let from: Mailbox
    /// Nil where SendGrid's events are not taken.
    let reports: SendGridReports?

    init(_ settings: Settings, isProduction: Bool, problems: inout [String]) {
        way = Self.way(settings, isProduction: isProduction, problems: &problems)
        from = Self.sender(settings, needed: isProduction || !way.isOutbox, problems: &problems)
        do throws(SendGridReports.MalformedKey) {
            let keys = settings.list(.sendGridWebhookKey)
            reports = keys.isEmpty ? nil : try SendGridReports(publicKeys: keys)
        } catch {
            problems.append(
                "SENDGRID_WEBHOOK_PUBLIC_KEY is no public key: copy it from SendGrid's settings of the event webhook.")
            reports = nil
        }
    }

    private static func way(_ settings: Settings, isProduction: Bool, problems: inout [String]) -> Way {
        switch (settings.text(.sendGridKey), settings.text(.smtpURL)) {
        case (.some, .some):
            problems.append("SENDGRID_API_KEY and SMTP_URL are both set: mails leave one way, so set one of them.")
            return .outbox
        case (let key?, nil):
            let base = settings.text(.sendGridBase) ?? sendGridBase
            if !key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
                problems.append("SENDGRID_API_KEY holds a blank or a line end: copy the key without them.")
            }
            if !base.hasPrefix("https://"), isProduction {
                problems.append(
                    "SENDGRID_API_BASE must begin with https:// in production: the key travels with each mail.")
            }
            return .sendGrid(key: Secret(key), base: base)
        case (nil, outboxURL):
            return .outbox
        case (nil, let url?):
            do throws(SMTPServer.Problem) {
                return .smtp(try SMTPServer(url: url))
            } catch {
                problems.append("SMTP_URL \(error).")
                return .outbox
            }
        case (nil, nil):
            if isProduction {
                problems.append(
                    """
                    Neither SENDGRID_API_KEY nor SMTP_URL is set: production sends mails, which nobody could sign up \
                    without; SMTP_URL=\(outboxURL) keeps them in the database all the same.
                    """)
            }
            return .outbox
        }
    }

    private static func sender(_ settings: Settings, needed: Bool, problems: inout [String]) -> Mailbox {
        let standard = Mailbox(
            name: "Plinth", address: EmailAddress(storedText: developmentSender, key: developmentSender))
        guard let text = settings.text(.mailFrom) else {
            if needed {
                problems.append("MAIL_FROM is not set: mails need a sender, such as Example <no-reply@example.com>.")
            }
            return standard
        }
        guard let mailbox = try? Mailbox(parsing: text) else {
            problems.append("MAIL_FROM must be an address, such as Example <no-reply@example.com>.")
            return standard
        }
        return mailbox
    }

    /// What carries mails, for the banner and the readiness report.
    var summary: String {
        switch way {
        case .outbox: "the outbox in the database; no mail leaves"
        case .sendGrid: "SendGrid"
        case .smtp(let server): server.summary
        }
    }
}

extension MailConfiguration.Way {
    var isOutbox: Bool {
        if case .outbox = self { true } else { false }
    }
}

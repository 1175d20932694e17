public import Core
import Foundation

/// Sends mails through SendGrid's Web API v3 (`POST /v3/mail/send`).
public struct SendGridMailer: Mailer {
    private let key: Secret
    private let url: String
    private let http: OutboundHTTP
    private let time: TimeSource

    /// - Parameters:
    ///   - key: The API key, which needs the right to send mails.
    ///   - base: Where the API is, without a slash at the end; SendGrid's own unless told otherwise.
    public init(
        key: Secret, base: String = "https://api.sendgrid.com", http: OutboundHTTP, time: TimeSource = .system
    ) {
        self.key = key
        url = (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/v3/mail/send"
        self.http = http
        self.time = time
    }

    public func send(_ message: EmailMessage) async throws {
        let headers = [
            ("Authorization", "Bearer \(String(decoding: key.revealed(), as: UTF8.self))"),
            ("Content-Type", "application/json"),
        ]
        let body = Array(try JSONEncoder().encode(SendGridMail(message)))
        let answer: OutboundHTTP.Answer
        do {
            answer = try await http.post(url, headers: headers, body: body)
        } catch let error as OutboundHTTP.NoAnswer {
            throw MailFailure.temporary(reason: "SendGrid: \(error.description)")
        }
        if let failure = failure(of: answer) { throw failure }
    }

    /// Nil when the mail was taken.
    private func failure(of answer: OutboundHTTP.Answer) -> MailFailure? {
        let reason = "SendGrid answered \(answer.status)"
        switch answer.status {
        case 200..<300: return nil
        // What is said of this mail would be said again. The rest is about the account, or passes.
        case 400, 413, 422: return .refused(reason: reason)
        default: return .temporary(reason: reason, retryAfter: retryAfter(answer))
        }
    }

    private func retryAfter(_ answer: OutboundHTTP.Answer) -> Duration? {
        let now = time.now()
        if let value = answer.header("Retry-After") { return RetryAfter.duration(value, at: now) }
        guard answer.status == 429, let reset = answer.header("X-RateLimit-Reset").flatMap(Int64.init) else {
            return nil
        }
        return RetryAfter.until(seconds: reset, at: now)
    }
}

/// The body of the call.
private struct SendGridMail: Encodable {
    struct Address: Encodable {
        let email: String
        var name: String?
    }

    struct Personalization: Encodable {
        let to: [Address]
    }

    struct Content: Encodable {
        let type: String
        let value: String
    }

    /// Rewriting links would send their tokens through SendGrid's servers.
    struct Tracking: Encodable {
        struct Setting: Encodable {
            let enable = false
        }

        let clickTracking = Setting()
        let openTracking = Setting()

        enum CodingKeys: String, CodingKey {
            case clickTracking = "click_tracking"
            case openTracking = "open_tracking"
        }
    }

    /// SendGrid keeps lists of its own, from which an address does not come back by being proven anew: ours decides.
    struct Settings: Encodable {
        struct Setting: Encodable {
            let enable = true
        }

        let bypassBounces = Setting()
        let bypassSpam = Setting()

        enum CodingKeys: String, CodingKey {
            case bypassBounces = "bypass_bounce_management"
            case bypassSpam = "bypass_spam_management"
        }
    }

    let personalizations: [Personalization]
    let from: Address
    let subject: String
    let content: [Content]
    let headers: [String: String]
    let categories: [String]
    let customArguments: [String: String]
    let tracking = Tracking()
    let settings = Settings()

    enum CodingKeys: String, CodingKey {
        case personalizations
        case from
        case subject
        case content
        case headers
        case categories
        case customArguments = "custom_args"
        case tracking = "tracking_settings"
        case settings = "mail_settings"
    }

    init(_ message: EmailMessage) {
        personalizations = [Personalization(to: [Address(email: message.to.wireForm)])]
        let name = message.from.name.text
        from = Address(email: message.from.address.wireForm, name: name.isEmpty ? nil : name)
        subject = message.subject.text
        // In the order of RFC 2046, section 5.1.4: the plainest first.
        content = [
            Content(type: "text/plain", value: message.text), Content(type: "text/html", value: message.html),
        ]
        headers = Dictionary(message.extraFields.map { ($0.name, $0.value) }) { first, _ in first }
        categories = [message.kind.rawValue]
        customArguments = ["plinth_mail": message.id.description]
    }
}

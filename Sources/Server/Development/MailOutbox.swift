import Auth
import Core
import HTTPServer
import Persistence

/// The mails that wait in the database, as people would read them.
struct MailOutbox: OutboxReader {
    /// Jobs looked at for the mails of one address.
    private static let mostPages = 10

    let jobs: any JobOutbox
    let renderer: AccountMailRenderer

    func newest(to recipient: EmailAddress?, limit: Int) async throws -> [RenderedMail] {
        var mails: [RenderedMail] = []
        var position: Cursor?
        for _ in 0..<Self.mostPages {
            let page = try await jobs.list(
                name: AccountMail.jobName, page: PageRequest(limit: PageRequest.limits.upperBound, after: position))
            // A mail that can't be written any more hides no other.
            mails += page.items.compactMap { try? renderer.render(job: $0) }.filter { Self.goes($0, to: recipient) }
            position = page.next
            if mails.count >= limit || position == nil { break }
        }
        return Array(mails.prefix(max(0, limit)))
    }

    private static func goes(_ mail: RenderedMail, to recipient: EmailAddress?) -> Bool {
        guard let recipient else { return true }
        return (try? EmailAddress(parsing: mail.to)) == recipient
    }
}

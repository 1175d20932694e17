import Foundation
import HTTPTypes
import Testing

@testable import HTTPServer

struct MailboxTests {
    private static let browser: HTTPFields = [.accept: "text/html,application/xhtml+xml;q=0.9"]

    @Test func `the mailbox shows mails as a page, each in a frame that can do nothing`() async throws {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            let empty = try await api.send(.get, "/dev/mailbox", headers: Self.browser)
            #expect(empty.headers[.contentType] == "text/html; charset=utf-8")
            #expect(empty.text.contains("No mail is here."))
            _ = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration("ada@example.com"))
            let page = try await api.send(.get, "/dev/mailbox", headers: Self.browser)
            let link = try #require(try await api.links().first)
            #expect(page.text.contains("<a href=\"\(link)\">"))
            #expect(page.headers[.cacheControl] == "no-store")
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(page.headers[values: .contentSecurityPolicy].count == 1)
            #expect(policy.hasPrefix("default-src 'none';"))
            #expect(!policy.contains("script"))

            let id = try #require(try await api.mails().first?["id"] as? String)
            #expect(page.text.contains("<iframe src=\"/dev/mailbox/\(id)\""))
            let mail = try await api.send(.get, "/dev/mailbox/\(id)", headers: Self.browser)
            #expect(mail.text == (try await api.mails().first?["html"] as? String))
            #expect(mail.headers[.contentSecurityPolicy]?.hasSuffix("; sandbox") == true)
            let other = "/dev/mailbox/0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f"
            #expect(try await api.send(.get, other).status == 404)
        }
    }

    @Test func `a template is shown in both languages, as HTML and as text`() async throws {
        try await TestAPI.run { api async throws in
            let path = "/dev/mail/verify_email"
            let english = try await api.send(.get, path, headers: Self.browser)
            #expect(english.text.contains("lang=\"en\""))
            let french = try await api.send(.get, "\(path)?language=fr", headers: Self.browser)
            #expect(french.text.contains("lang=\"fr\""))
            let text = try await api.send(.get, "\(path)?format=text", headers: [.accept: "text/plain"])
            #expect(text.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(text.text.hasPrefix("Confirm your address for Plinth\n\nHello,\n"))
            #expect(try await api.send(.get, "/dev/mail/unheard").status == 404)
            #expect(try await api.send(.get, "/dev/mail/layout").status == 404)
            #expect(try await api.send(.get, "\(path)?language=de").status == 422)
            #expect(try await api.send(.get, path, headers: [.accept: "image/png"]).status == 406)
        }
    }

    @Test(arguments: ["/dev/mailbox", "/dev/mail/verify_email", "/dev/mailbox/0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f"])
    func `pages answer to this machine only, in development`(path: String) async throws {
        try await TestAPI.run { api async throws in
            #expect(try await api.send(.get, path, peer: "192.0.2.1").status == 404)
            #expect(try await api.send(.get, path, host: "evil.example").status == 404)
        }
        try await TestAPI.run(isProduction: true) { api async throws in
            #expect(try await api.send(.get, path).status == 404)
        }
    }
}

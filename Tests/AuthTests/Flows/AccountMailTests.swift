import Core
import Foundation
import Testing

@testable import Auth

struct AccountMailTests {
    @Test func `the job of a mail carries no token`() async throws {
        let fixture = try await AccountsFixture()
        _ = try await fixture.accounts.register(
            AccountsFixture.registration(language: .french), password: AccountsFixture.password, origin: .none)
        let job = try #require(try await fixture.mailJobs().first)
        #expect(job.queue == "mail")
        let mail: OutgoingMail = try job.decoded()
        #expect(mail.kind == .verifyEmail)
        #expect(mail.to == "ada@example.com")
        #expect(mail.language == .french)
        #expect(mail.path == "/verify-email")
        #expect(mail.values == ["hours": "24"])
        let token = try await fixture.mailedToken()
        #expect(token.utf8.count == 43)
        #expect(!String(decoding: job.parameters, as: UTF8.self).contains(token))
        #expect(mail.token?.hash == OneTimeTokens.hash(of: token))
    }

    @Test func `nothing that a person typed is in a mail to an address that is not proven`() async throws {
        let fixture = try await AccountsFixture()
        for _ in 0..<2 {
            _ = try await fixture.accounts.register(
                AccountsFixture.registration(), password: AccountsFixture.password, origin: .none)
        }
        let jobs = try await fixture.mailJobs()
        #expect(jobs.count == 2)
        for job in jobs { #expect(!String(decoding: job.parameters, as: UTF8.self).contains("Lovelace")) }
    }
}

import Core
import Foundation
import Persistence
import Testing

@testable import Auth

struct AccountMailTests {
    private static let id = ID<Job>(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0001)
    private static let time = Timestamp(seconds: 1_767_225_600)

    @Test func `a job carries a mail and no token`() async throws {
        let fixture = try await AccountsFixture()
        _ = try await fixture.accounts.register(
            AccountsFixture.registration(language: .french), password: AccountsFixture.password, origin: .none)
        let job = try #require(
            try await fixture.store.jobs.list(name: "mail.send", page: PageRequest()).items.first)
        let parameters = try #require(
            try JSONSerialization.jsonObject(with: Data(job.parameters)) as? [String: String])
        #expect(Set(parameters.keys) == ["kind", "user_id", "to", "language", "token_hash"])
        #expect(parameters["kind"] == "verify_email")
        #expect(parameters["language"] == "fr")
        let token = try await fixture.mailedToken()
        #expect(token.utf8.count == 43)
        #expect(!String(decoding: job.parameters, as: UTF8.self).contains(token))
        #expect(parameters["token_hash"] == HexDigits.encode(OneTimeTokens.hash(of: token)))
    }

    @Test(arguments: AccountMail.Kind.allCases, Language.allCases)
    func `every mail has words in every language, one link, and renders the same again`(
        kind: AccountMail.Kind, language: Language
    ) async throws {
        let fixture = try await AccountsFixture()
        let job = try job(kind, language: language, keys: fixture.keys)
        let mail = try fixture.renderer.render(job: job)
        #expect(mail == (try fixture.renderer.render(job: job)))
        #expect(mail.id == Self.id)
        #expect(mail.kind == kind)
        #expect(mail.createdAt == Self.time)
        #expect(mail.subject.contains("Plinth"))
        #expect(mail.text.hasPrefix(language == .french ? "Bonjour," : "Hello,"))
        #expect(mail.links.count == 1)
        let link = try #require(mail.links.first)
        #expect(mail.text.contains("\n\n\(link)\n\n"))
        #expect(link.hasPrefix("https://app.example.com/"))
        #expect(link.contains("token=") == (kind == .verifyEmail))
    }

    @Test func `languages differ in every mail`() async throws {
        for kind in AccountMail.Kind.allCases {
            let texts = Language.allCases.map { AccountMailText(kind, in: $0, product: "Plinth", link: "x") }
            #expect(Set(texts.map(\.subject)).count == Language.allCases.count)
            #expect(Set(texts.map(\.body)).count == Language.allCases.count)
        }
    }

    @Test func `a mail waiting while the master key is replaced keeps its token`() async throws {
        let (old, new) = (AccountsFixture.masterKey(1), AccountsFixture.masterKey(2))
        let configuration = AuthConfiguration(baseURL: "https://app.example.com")
        let job = try job(.verifyEmail, language: .english, keys: MasterKeys(hexadecimal: [old]))
        let before = AccountMailRenderer(keys: try MasterKeys(hexadecimal: [old]), configuration: configuration)
        let after = AccountMailRenderer(keys: try MasterKeys(hexadecimal: [new, old]), configuration: configuration)
        #expect(try after.render(job: job) == before.render(job: job))
        let without = AccountMailRenderer(keys: try MasterKeys(hexadecimal: [new]), configuration: configuration)
        #expect(throws: AccountMailRenderer.Problem.masterKeyGone) { try without.render(job: job) }
    }

    @Test func `a job that carries no mail is refused`() async throws {
        let fixture = try await AccountsFixture()
        let job = Job(
            id: Self.id, name: AccountMail.jobName, parameters: Array(#"{"kind":"unheard"}"#.utf8), runAt: Self.time,
            createdAt: Self.time)
        #expect(throws: DecodingError.self) { try fixture.renderer.render(job: job) }
    }

    private func job(_ kind: AccountMail.Kind, language: Language, keys: MasterKeys) throws -> Job {
        var user = AccountsFixture.registration(language: language).user(id: Self.id.cast(), at: Self.time)
        user.email = AccountsFixture.email()
        let token = OneTimeTokens(keys: keys).token(for: Self.id, purpose: .verifyEmail)
        return try AccountMail(kind: kind, to: user, tokenHash: OneTimeTokens.hash(of: token))
            .job(id: Self.id, at: Self.time)
    }
}

import Core
import Testing

@testable import Auth

/// What somebody sends who knows how tokens are made. Much of it is rightly signed, so that nothing but the check in
/// question refuses it.
struct AccessTokenAttackTests {
    private static let least = 80

    private let installation: AttackedInstallation

    init() async throws {
        installation = try await AttackedInstallation()
    }

    /// What is said of a text; nil when it is accepted.
    private func problem(
        _ text: String, _ verifier: AccessTokenVerifier? = nil
    ) -> AccessTokenProblem? {
        do {
            _ = try (verifier ?? installation.tokens.verifier()).verify(text, now: installation.now)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: HostileAccessToken.all)
    func `a hostile token is refused for what is wrong with it`(hostile: HostileAccessToken) throws {
        #expect(problem(try hostile.forge(installation)) == hostile.problem)
    }

    @Test func `none is accepted after the right token was`() throws {
        let verifier = installation.tokens.verifier(cache: VerifiedTokenCache())
        for hostile in HostileAccessToken.all {
            // What a row makes of a right token is made of one that was just accepted, as far as that goes.
            #expect(problem(try installation.draft().text(), verifier) == nil)
            #expect(problem(try hostile.forge(installation), verifier) == hostile.problem, "\(hostile.testDescription)")
        }
    }

    @Test func `none is accepted by looking for its key`() async throws {
        let verifier = installation.tokens.verifier()
        for hostile in HostileAccessToken.all {
            let text = try hostile.forge(installation)
            await #expect(throws: hostile.problem, "\(hostile.testDescription)") {
                try await verifier.verifyReloading(text, now: installation.now)
            }
        }
    }

    @Test func `what the table changes is accepted unchanged`() throws {
        let draft = installation.draft()
        #expect(problem(try draft.text()) == nil)
        #expect(problem(try draft.text(header: draft.header.text, claims: draft.claims.text)) == nil)
        #expect(problem(try draft.textWithSignature { $0 }) == nil)
        #expect(problem(try draft.parts().joined(separator: ".")) == nil)
        #expect(problem(try draft.claim("exp", "\(installation.now.seconds + 1)").text()) == nil)
        #expect(problem(try draft.claim("nbf", "\(installation.now.seconds + 30)").text()) == nil)
        #expect(problem(try draft.claim("iat", "\(installation.now.seconds + 30)").text()) == nil)
    }

    @Test func `another spelling of a token is refused, seen before or not`() throws {
        let verifier = installation.tokens.verifier(cache: VerifiedTokenCache())
        var text = try installation.draft().text()
        for number in 0..<100 where !text.contains("K") {
            text = try installation.draft().claim("jti", "\(number)".quoted).text()
        }
        try #require(text.contains("K"))
        // Unicode takes the Kelvin sign for a K, and so do comparisons of texts.
        let other = text.replacing("K", with: "\u{212A}")
        #expect(problem(other, verifier) == .malformed)
        #expect(problem(text, verifier) == nil)
        #expect(problem(other, verifier) == .malformed)
    }

    @Test func `the table is as long as it should be, and names each row once`() {
        let names = HostileAccessToken.all.map(\.testDescription)
        #expect(names.count >= Self.least)
        let doubles = Dictionary(grouping: names, by: \.self).filter { $0.value.count > 1 }.keys
        #expect(doubles.isEmpty, "\(doubles.sorted())")
    }
}

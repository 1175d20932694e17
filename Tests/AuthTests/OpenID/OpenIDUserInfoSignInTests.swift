import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// Sign-ins of people whose address the provider tells at UserInfo only.
struct OpenIDUserInfoSignInTests {
    private static let info = RawObject([
        "sub": TestIDToken.subject.quoted, "email": "ann@example.org".quoted, "email_verified": "true",
    ])

    private func fixture(_ info: RawObject = info) async throws -> OpenIDSignInFixture {
        let there = try await OpenIDSignInFixture(metadata: TestOpenIDProvider.metadataWithUserInfo)
        await answer(info.text, in: there)
        return there
    }

    private func answer(_ text: String, status: Int = 200, in there: OpenIDSignInFixture) async {
        await there.provider.answer(TestOpenIDProvider.userInfoURL, TestOpenIDProvider.json(text, status: status))
    }

    private func come(_ there: OpenIDSignInFixture) async throws -> OpenIDOutcome {
        try await there.come { $0.claim("email", nil).claim("email_verified", nil) }
    }

    private func asked(_ there: OpenIDSignInFixture) async -> Int {
        await there.provider.count(of: TestOpenIDProvider.userInfoURL)
    }

    @Test func `a new person gets an account, and UserInfo is asked no more`() async throws {
        let there = try await fixture()
        let first = try await come(there).signedIn()
        #expect(first.user.email.text == "ann@example.org")
        #expect(first.user.emailVerifiedAt == there.fixture.time.now)
        let again = try await come(there).signedIn()
        #expect(again.user.id == first.user.id)
        #expect(await asked(there) == 1)
        // The address as last told stays.
        #expect(try await there.identities(of: first.user).map(\.email) == ["ann@example.org"])
    }

    @Test func `an account that has the address is linked by its person's own sign-in`() async throws {
        let there = try await fixture()
        let user = try await there.addAnn()
        _ = try await come(there).pendingLink()
        #expect(try await there.identities(of: user).isEmpty)
    }

    @Test(arguments: ["false", #""true""#, "1", nil])
    func `an address that is not vouched for opens no account`(isVerified: String?) async throws {
        let there = try await fixture(Self.info.with("email_verified", isVerified))
        await #expect(throws: AuthError.emailNotVerified) { try await come(there) }
        #expect(try await there.ann() == nil)
    }

    @Test func `what is signed tells nothing`() async throws {
        let there = try await fixture()
        await there.provider.answer(
            TestOpenIDProvider.userInfoURL,
            OpenIDResponse(status: 200, contentType: "application/jwt", body: Self.info.bytes))
        await #expect(throws: AuthError.emailNotVerified) { try await come(there) }
    }

    private static let failures: [(text: String, status: Int, problem: OpenIDProblem)] = [
        (info.text, 302, .failing(status: 302)), ("{}", 401, .failing(status: 401)),
        (info.text, 500, .failing(status: 500)), ("<html>", 200, .unreadableAnswer),
        (info.with("sub", "eve".quoted).text, 200, .wrongSubject), (info.with("sub", nil).text, 200, .wrongSubject),
    ]

    @Test(arguments: failures.indices)
    func `a failure is told to a new person, and nothing to one who is known`(index: Int) async throws {
        let there = try await fixture()
        let (text, status, problem) = Self.failures[index]
        await answer(text, status: status, in: there)
        await #expect(throws: problem) { try await come(there) }
        #expect(try await there.ann() == nil)
        let user = try await there.addAnn()
        try await there.fixture.addIdentity(to: user.id, subject: TestIDToken.subject)
        #expect(try await come(there).signedIn().user.id == user.id)
        #expect(await asked(there) == 1)
    }

    @Test func `so is silence`() async throws {
        let there = try await fixture()
        await there.provider.fallSilent(TestOpenIDProvider.userInfoURL)
        await #expect(throws: OpenIDProblem.unreachable) { try await come(there) }
    }

    @Test func `one who is linked while UserInfo fails is signed in`() async throws {
        let there = try await fixture()
        let user = try await there.addAnn()
        await answer("", status: 500, in: there)
        await there.provider.hold(TestOpenIDProvider.userInfoURL)
        let attempt = try await there.start()
        try await there.hand(out: attempt) { $0.claim("email", nil) }
        let coming = Task { try await there.finish(attempt) }
        while await asked(there) == 0 { await Task.yield() }
        try await there.fixture.addIdentity(to: user.id, subject: TestIDToken.subject)
        await there.provider.release()
        #expect(try await coming.value.signedIn().user.id == user.id)
    }
}

import Auth
import Core
import Testing

/// Against a provider that holds its clients to all that the code flow asks for.
///
/// One test at a time: a provider is a process that works for a second to start.
@Suite(.serialized)
struct OpenIDStrictProviderTests {
    static let ada = [("username", "ada"), ("password", "analytical engine")]
    static let claims = ["email", "email_verified", "given_name", "family_name", "name", "picture", "locale"]

    @Test(arguments: ["oauth21", "stricter-dev"])
    func `a code tells who came back, and works once`(profile: String) async throws {
        try await OpenIDPeer.run(.nanoIDP, ["--profile", profile]) { provider in
            let visit = try await provider.visit(try provider.client(), filling: Self.ada, asking: Self.claims)
            #expect(visit.callback.state == visit.keep.state)
            #expect(visit.callback.error == nil)
            let expected = OpenIDIdentity(
                issuer: provider.issuer, subject: "ada", email: try EmailAddress(parsing: "ada@example.com"),
                isEmailVerified: true, givenName: PersonName("Ada"), familyName: PersonName("Lovelace"),
                name: PersonName("Ada Lovelace"), pictureURL: "https://example.com/ada.png", locale: "en-GB")
            #expect(try await visit.identity() == expected)
            await #expect(throws: OpenIDProblem.codeRefused) { try await visit.identity() }
            // This provider tells the address at UserInfo as well, and no names there.
            let bare = try await provider.visit(try provider.client(), filling: Self.ada)
            #expect(
                try await bare.identity()
                    == OpenIDIdentity(
                        issuer: provider.issuer, subject: "ada", email: try EmailAddress(parsing: "ada@example.com"),
                        isEmailVerified: true))
        }
    }

    @Test func `a code is of use only with all that belongs to it`() async throws {
        try await OpenIDPeer.run(.nanoIDP) { provider in
            let visit = try await provider.visit(try provider.client(), filling: Self.ada)
            await #expect(throws: OpenIDProblem.callbackIssuerMismatch) {
                try await visit.identity(callbackIssuer: "https://other.example.com")
            }
            await #expect(throws: OpenIDProblem.codeRefused) {
                try await visit.identity(proofKey: .make(randomness: .system))
            }
            await #expect(throws: OpenIDProblem.clientRefused) {
                try await visit.identity(client: provider.client(secret: "another"))
            }
            await #expect(throws: OpenIDProblem.clientRefused) {
                try await visit.identity(client: provider.client(id: "another"))
            }
            await #expect(throws: OpenIDProblem.codeRefused) {
                try await visit.identity(client: provider.client(redirectURI: "\(OpenIDPeer.redirectURI)/2"))
            }
            // The provider refused each before it spent the code.
            await #expect(throws: OpenIDProblem.wrongNonce) { try await visit.identity(nonce: "another") }
            await #expect(throws: OpenIDProblem.codeRefused) { try await visit.identity() }
        }
    }

    @Test func `nobody is sent back to another address, or with a code that has no proof key`() async throws {
        try await OpenIDPeer.run(.nanoIDP) { provider in
            for address in ["\(OpenIDPeer.redirectURI)/2", "\(OpenIDPeer.redirectURI)?a=b", "https://app.example.com"] {
                await #expect(throws: TestBrowser.Stranded(status: 400), "\(address)") {
                    try await provider.visit(try provider.client(redirectURI: address), filling: Self.ada)
                }
            }
            let keep = OpenIDVisit.Keep()
            let url = try await provider.client().authorizationURL(
                state: keep.state, nonce: keep.nonce, proofKey: keep.proofKey)
            let without = url.replacing(#/&code_challenge(_method)?=[^&]*/#, with: "")
            let callback = try await provider.callback(of: without, filling: Self.ada)
            #expect(callback.error == "invalid_request")
            #expect(callback.state == keep.state)
            #expect(callback.code == nil)
        }
    }

    @Test func `an issuer is who it says it is, where it says it is`() async throws {
        try await OpenIDPeer.run(.nanoIDP) { provider in
            let wrong: [(issuer: String, OpenIDProblem)] = [
                ("\(provider.issuer)/", .discoveryIssuerMismatch),
                (provider.issuer.replacing("127.0.0.1", with: "localhost"), .discoveryIssuerMismatch),
                ("\(provider.issuer)/nowhere", .failing(status: 404)),
                ("http://127.0.0.1:1", .unreachable),
            ]
            for (issuer, problem) in wrong {
                await #expect(throws: problem, "\(issuer)") {
                    try await provider.visit(try provider.client(issuer: issuer), filling: Self.ada)
                }
            }
        }
    }
}

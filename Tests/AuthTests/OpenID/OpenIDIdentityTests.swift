import Core
import Testing

@testable import Auth

struct OpenIDIdentityTests {
    private let fixture: OpenIDFixture

    init() throws {
        fixture = try OpenIDFixture()
    }

    private func identity(_ changes: [String: String?]) async throws -> OpenIDIdentity {
        var token = fixture.token()
        for (name, value) in changes { token = token.claim(name, value) }
        return try await fixture.signIn(token.text())
    }

    @Test(arguments: ["false", #""true""#, "1", "null", "[true]", nil])
    func `an address is verified only by the word true`(value: String?) async throws {
        let identity = try await identity(["email_verified": value])
        #expect(identity.email != nil)
        #expect(!identity.isEmailVerified)
    }

    @Test(arguments: [
        nil, "null", "1", #""""#, #""ann""#, #""ann@example""#, #""ann@example.org, eve@example.org""#,
        #""ann@example.org\r\nBcc: eve@example.org""#, #"["ann@example.org"]"#, #"{"a":1}"#,
    ])
    func `an address that cannot be written to is none, and none is verified`(value: String?) async throws {
        let identity = try await identity(["email": value])
        #expect(identity.email == nil)
        #expect(!identity.isEmailVerified)
        #expect(identity.subject == TestIDToken.subject)
    }

    @Test(arguments: [
        (#""  Ann  ""#, "Ann"), (#""Ann\nMarie""#, "Ann Marie"), (#""Ann\u202E""#, "Ann"), (#""e\u0301""#, "é"),
        ("\"\"", nil), (#""  ""#, nil), (#""\u0000""#, nil), ("null", nil), ("1", nil), (#"["Ann"]"#, nil),
    ])
    func `a name becomes one that a person can have`(value: String, name: String?) async throws {
        let identity = try await identity(["given_name": value, "family_name": value, "name": value])
        #expect(identity.givenName?.text == name)
        #expect(identity.familyName?.text == name)
        #expect(identity.name?.text == name)
    }

    @Test func `a long name is cut`() async throws {
        let long = try await identity(["name": String(repeating: "é", count: 300).quoted])
        #expect(long.name?.text == String(repeating: "é", count: 100))
        // One character of many marks: 3001 bytes.
        let marked = try await identity(["name": ("Bo" + String(repeating: "\u{0316}", count: 1500)).quoted])
        #expect(marked.name?.text == "B")
    }

    @Test(arguments: [
        (#""https://lh3.example.org/a/x=s96-c?y=1""#, "https://lh3.example.org/a/x=s96-c?y=1"),
        (#""http://example.org/a""#, nil), (#""javascript:alert(1)""#, nil), (#""data:image/png;base64,AAAA""#, nil),
        (#""https://example.org/\" onload=\"x""#, nil), (#""//example.org/a""#, nil), ("\"\"", nil), ("1", nil),
    ])
    func `a picture is an https address`(value: String, url: String?) async throws {
        #expect(try await identity(["picture": value]).pictureURL == url)
    }

    @Test(arguments: [
        (#""en""#, "en"), (#""fr-CA""#, "fr-CA"), (#""fr_CA""#, "fr_CA"), ("\"\"", nil), (#""en;q=1""#, nil),
        ("1", nil),
        (#""xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx""#, nil),
    ])
    func `a locale is a language tag`(value: String, locale: String?) async throws {
        #expect(try await identity(["locale": value]).locale == locale)
    }

    @Test func `nothing but the subject is needed`() async throws {
        let identity = try await identity([
            "email": nil, "email_verified": nil, "given_name": nil, "family_name": nil,
        ])
        #expect(identity == OpenIDIdentity(issuer: TestIDToken.issuer, subject: TestIDToken.subject))
    }
}

import Auth
import Core
import Foundation
import Testing

/// Against a provider that signs whatever claims it is told.
///
/// One test at a time: a provider is a process that works for a second to start.
@Suite(.serialized)
struct OpenIDClaimsTests {
    /// Reaches the provider as it is, whatever its characters mean in between (RFC 6749 section 2.3.1).
    private static let secret = #"a:b+c/d=%20é&"<~"#

    typealias Outcome = Result<OpenIDIdentity, OpenIDProblem>

    /// What comes of the sign-in of each person, told by subject and claims (a JSON object).
    private func outcomes(of people: [(subject: String, claims: String)]) async throws -> [Outcome] {
        let users = try people.map { person in
            let subject = String(decoding: try JSONEncoder().encode(person.subject), as: UTF8.self)
            return "\(subject):\(person.claims)"
        }
        let arguments = ["--users", "{\(users.joined(separator: ","))}", "--secret", Self.secret]
        var outcomes: [Outcome] = []
        try await OpenIDPeer.run(.mock, arguments) { provider in
            let client = try provider.client(secret: Self.secret)
            for person in people {
                let visit = try await provider.visit(client, filling: [("sub", person.subject)])
                #expect(visit.callback.state == visit.keep.state)
                do {
                    outcomes.append(.success(try await visit.identity()))
                } catch let problem as OpenIDProblem {
                    outcomes.append(.failure(problem))
                }
            }
        }
        try #require(outcomes.count == people.count)
        return outcomes
    }

    private func outcomes(of claims: [String]) async throws -> [Outcome] {
        try await outcomes(of: claims.enumerated().map { (subject: "person-\($0)", claims: $1) })
    }

    @Test func `an address counts as verified only where the provider says so`() async throws {
        let cases: [(claims: String, email: String?, isVerified: Bool)] = [
            (#"{}"#, nil, false),
            (#"{"email_verified":true}"#, nil, false),
            (#"{"email":"ada@example.com"}"#, "ada@example.com", false),
            (#"{"email":"ada@example.com","email_verified":false}"#, "ada@example.com", false),
            (#"{"email":"ada@example.com","email_verified":null}"#, "ada@example.com", false),
            (#"{"email":"ada@example.com","email_verified":"true"}"#, "ada@example.com", false),
            (#"{"email":"ada@example.com","email_verified":1}"#, "ada@example.com", false),
            (#"{"email":"ada@example.com","email_verified":[true]}"#, "ada@example.com", false),
            (#"{"email":"ada@example.com","email_verified":true}"#, "ada@example.com", true),
            (#"{"email":"ADA@Example.com","email_verified":true}"#, "ADA@Example.com", true),
            (#"{"email":"zo\u00eb@b\u00fccher.example","email_verified":true}"#, "zoë@bücher.example", true),
            (#"{"email":null,"email_verified":true}"#, nil, false),
            (#"{"email":"","email_verified":true}"#, nil, false),
            (#"{"email":"ada","email_verified":true}"#, nil, false),
            (#"{"email":"a@example.com, ada@example.com","email_verified":true}"#, nil, false),
            (#"{"email":"ada@example.com\r\nBcc: eve@example.com","email_verified":true}"#, nil, false),
            (#"{"email":["ada@example.com"],"email_verified":true}"#, nil, false),
        ]
        for (one, outcome) in zip(cases, try await outcomes(of: cases.map(\.claims))) {
            let identity = try outcome.get()
            #expect(identity.email?.text == one.email, "\(one.claims)")
            #expect(identity.isEmailVerified == one.isVerified, "\(one.claims)")
        }
    }

    @Test func `of what else is told the well-formed is taken`() async throws {
        let long = String(repeating: "a", count: 300)
        let cases: [(claims: String, expected: (String, String) -> OpenIDIdentity)] = [
            (#"{"name":"Ada Lovelace"}"#, { .init(issuer: $0, subject: $1, name: PersonName("Ada Lovelace")) }),
            (
                #"{"given_name":" Ada\n","family_name":"O\u2019Neil \ud83c\udf89"}"#,
                {
                    .init(
                        issuer: $0, subject: $1, givenName: PersonName("Ada"),
                        familyName: PersonName("O\u{2019}Neil \u{1F389}"))
                }
            ),
            (#"{"given_name":7,"family_name":null,"name":""}"#, { .init(issuer: $0, subject: $1) }),
            (
                "{\"name\":\"\(long)\"}",
                { .init(issuer: $0, subject: $1, name: PersonName(String(repeating: "a", count: 100))) }
            ),
            (#"{"picture":"http://example.com/a.png","locale":"en GB"}"#, { .init(issuer: $0, subject: $1) }),
            (#"{"picture":"javascript:alert(1)","locale":""}"#, { .init(issuer: $0, subject: $1) }),
            (
                #"{"picture":"https://example.com/a.png","locale":"fr_CA","groups":["admin"],"unknown":{"a":[1]}}"#,
                { .init(issuer: $0, subject: $1, pictureURL: "https://example.com/a.png", locale: "fr_CA") }
            ),
        ]
        for (one, outcome) in zip(cases, try await outcomes(of: cases.map(\.claims))) {
            let identity = try outcome.get()
            #expect(identity == one.expected(identity.issuer, identity.subject), "\(one.claims)")
        }
    }

    @Test func `a subject is up to 255 characters of ASCII, kept as it is`() async throws {
        let right = [
            "0", "ada", "Ada", "ada@example.com", "a b", "a|b/c?d#e%20\"<'>&\\", String(repeating: "x", count: 255),
        ]
        let wrong = ["", "zoë", "\u{1F389}", "a\nb", "a\u{0}b", String(repeating: "x", count: 256)]
        let subjects = right + wrong
        let outcomes = try await outcomes(of: subjects.map { (subject: $0, claims: "{}") })
        for (subject, outcome) in zip(subjects, outcomes) {
            let expected: Result<String, OpenIDProblem> =
                right.contains(subject) ? .success(subject) : .failure(.wrongSubject)
            #expect(outcome.map(\.subject) == expected, "\(subject)")
        }
    }

    @Test func `claims of the protocol are held to it, whoever signs them`() async throws {
        let cases: [(claims: String, problem: OpenIDProblem?)] = [
            (#"{"aud":"plinth"}"#, nil),
            (#"{"aud":["plinth"],"azp":"plinth"}"#, nil),
            (#"{"aud":["other","plinth"],"azp":"plinth"}"#, nil),
            (#"{"aud":["other","plinth"]}"#, .wrongAuthorizedParty),
            (#"{"azp":"other"}"#, .wrongAuthorizedParty),
            (#"{"aud":"other"}"#, .wrongAudience),
            (#"{"aud":[]}"#, .wrongAudience),
            (#"{"aud":["plinth",7],"azp":"plinth"}"#, .wrongAudience),
            (#"{"iss":"https://other.example.com"}"#, .wrongIssuer),
            (#"{"iss":null}"#, .wrongIssuer),
            (#"{"nonce":"other"}"#, .wrongNonce),
            (#"{"nonce":null}"#, .wrongNonce),
            (#"{"at_hash":"other"}"#, .wrongAccessToken),
            (#"{"exp":1}"#, .expired),
            (#"{"exp":"never"}"#, .malformed),
            (#"{"exp":1e300}"#, .malformed),
            (#"{"exp":-1}"#, .malformed),
            (#"{"exp":9223372036854775808}"#, .malformed),
            (#"{"iat":1}"#, .issuedTooLongAgo),
            (#"{"iat":99999999999}"#, .issuedInFuture),
            (#"{"nbf":99999999999}"#, .notYetValid),
        ]
        for (one, outcome) in zip(cases, try await outcomes(of: cases.map(\.claims))) {
            switch outcome {
            case .success: #expect(one.problem == nil, "\(one.claims)")
            case .failure(let problem): #expect(problem == one.problem, "\(one.claims)")
            }
        }
    }

    @Test func `whoever says no comes back without a code`() async throws {
        try await OpenIDPeer.run(.mock) { provider in
            let visit = try await provider.visit(try provider.client(), filling: [("action", "deny")])
            #expect(visit.callback.code == nil)
            #expect(visit.callback.error == "access_denied")
        }
    }
}

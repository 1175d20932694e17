import HTTPTypes
import Testing

@testable import HTTPServer

struct EmailVerificationTests {
    private static let verify = "/api/v1/auth/email/verify"
    private static let resend = "/api/v1/auth/email/resend"
    private static let ada = #"{"email":"ada@example.com"}"#

    private static func proof(_ token: String) -> String { #"{"token":"\#(token)"}"# }

    @Test func `the token of the mailed link proves the address once, and opening the link uses nothing up`()
        async throws
    {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            _ = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration())
            let link = try #require(try await api.links().first)
            #expect(link.hasPrefix("\(TestAPI.origin)/verify-email?token="))
            let token = try await api.mailedToken()
            #expect(token.utf8.count >= 43)
            for method in [HTTPRequest.Method.get, .head] {
                let opened = try await api.send(method, "\(Self.verify)?token=\(token)")
                #expect(opened.status == 405)
                #expect(opened.headers[.allow] == "POST")
            }
            let verified = try await api.send(.post, Self.verify, Self.proof(token))
            #expect(verified.status == 200)
            #expect(verified.text == #"{"status":"verified"}"#)
            #expect(verified.headers[.setCookie] == nil)
            #expect(verified.headers[.cacheControl] == "no-store")
            _ = try await api.login()
            let again = try await api.send(.post, Self.verify, Self.proof(token))
            #expect(again.status == 400)
            #expect(again.code == "invalid_token")
            #expect(!again.text.contains(token))
        }
    }

    @Test func `a link is good for a day`() async throws {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            _ = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration())
            let token = try await api.mailedToken()
            api.pass(seconds: 86_400)
            let late = try await api.send(.post, Self.verify, Self.proof(token))
            #expect(late.status == 410)
            #expect(late.code == "token_expired")
        }
    }

    @Test func `asking for another mail tells nothing, and the mail comes where there is something to prove`()
        async throws
    {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            _ = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration())
            api.pass(seconds: 61)
            let known = try await api.send(.post, Self.resend, Self.ada)
            let tooSoon = try await api.send(.post, Self.resend, Self.ada)
            let unknown = try await api.send(.post, Self.resend, #"{"email":"nobody@example.com"}"#)
            #expect(known.status == 202)
            #expect(known.text == #"{"status":"verification_sent"}"#)
            #expect(tooSoon.comparable == known.comparable)
            #expect(unknown.comparable == known.comparable)
            #expect(try await api.mails().map { $0["kind"] as? String } == ["verify_email", "verify_email"])
            #expect(try await api.send(.post, Self.verify, Self.proof(try await api.mailedToken())).status == 200)
            api.pass(seconds: 3600)
            #expect(try await api.send(.post, Self.resend, Self.ada).comparable == known.comparable)
            #expect(try await api.mails().count == 2)
        }
    }

    @Test(arguments: ["a b", "a\\nb", "\\u0000", "é", String(repeating: "a", count: 513), ""])
    func `what can be no token is told as a field error`(token: String) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.post, Self.verify, Self.proof(token))
            #expect(answer.status == 422, "\(answer.text)")
            #expect(answer.pointers == ["/token"])
        }
    }
}

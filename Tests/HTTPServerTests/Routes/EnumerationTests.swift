import HTTPTypes
import Testing

@testable import HTTPServer

/// Limits and replays tell nobody either whether an address has an account.
struct EnumerationTests {
    private static func email(_ text: String) -> String { #"{"email":"\#(text)"}"# }

    @Test func `what was mailed a moment ago shows neither in an answer nor in its replay`() async throws {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            let (known, free) = ("known@example.com", "free@example.com")
            _ = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration(known))
            _ = try await api.send(
                .post, "/api/v1/auth/email/verify", #"{"token":"\#(try await api.mailedToken())"}"#)
            api.pass(seconds: 3600)
            var answers: [[String]] = []
            for address in [known, free] {
                var seen: [String] = []
                let registered = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration(address))
                seen.append(registered.comparable)
                for path in ["email/resend", "password/forgot", "magic-link"] {
                    for _ in 0..<2 {
                        for body in [address, "other@example.com"] {
                            let answer = try await api.send(
                                .post, "/api/v1/auth/\(path)", Self.email(body),
                                headers: [.idempotencyKey: "\(path) \(address == known)"])
                            seen.append(answer.comparable)
                        }
                    }
                }
                answers.append(seen)
            }
            #expect(answers[0] == answers[1])
        }
    }
}

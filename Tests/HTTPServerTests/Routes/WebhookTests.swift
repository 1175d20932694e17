import Core
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

struct WebhookTests {
    private static let path = "/api/v1/webhooks/sendgrid"

    /// Takes what carries the right word in its header, and reads addresses out of the body.
    private struct Reports: MailReports {
        func suppressions(
            in body: [UInt8], header: (String) -> String?, at now: Timestamp
        ) throws(MailReportProblem) -> [MailSuppression] {
            guard header("X-Signature") == "right" else { throw .badSignature }
            let text = String(decoding: body, as: UTF8.self)
            guard text.hasPrefix("[") else { throw .malformed }
            return text.split(separator: " ").filter { $0.contains("@") }.map {
                MailSuppression(emailKey: String($0), reason: .bounce, detail: "", occurredAt: now)
            }
        }
    }

    private static let headers: HTTPFields = {
        var fields = HTTPFields()
        if let name = HTTPField.Name("X-Signature") { fields[name] = "right" }
        return fields
    }()

    @Test func `what is signed is noted, however often it comes`() async throws {
        try await TestAPI.run(mailReports: Reports()) { api async throws in
            for _ in 0..<3 {
                let answer = try await api.send(.post, Self.path, "[ ada@example.com ]", headers: Self.headers)
                #expect(answer.status == 204)
            }
            let store = api.database.scoped(.system)
            #expect(try await store.mailSuppressions.find(emailKey: "ada@example.com")?.reason == .bounce)
        }
    }

    @Test func `the body is taken as it is, whatever its depth`() async throws {
        try await TestAPI.run(mailReports: Reports()) { api async throws in
            let deep = "[" + String(repeating: "[", count: 300) + " bob@example.com "
            #expect(try await api.send(.post, Self.path, deep, headers: Self.headers).status == 204)
            let large = "[" + String(repeating: " ", count: 1024 * 1024)
            #expect(try await api.send(.post, Self.path, large, headers: Self.headers).code == "payload_too_large")
        }
    }

    @Test func `what is not signed is refused, and what can't be read is told apart`() async throws {
        try await TestAPI.run(mailReports: Reports()) { api async throws in
            let unsigned = try await api.send(.post, Self.path, "[ ada@example.com ]")
            #expect(unsigned.status == 400)
            #expect(unsigned.code == "invalid_signature")
            #expect(try await api.send(.post, Self.path, "x", headers: Self.headers).code == "malformed_request")
            let store = api.database.scoped(.system)
            #expect(try await store.mailSuppressions.find(emailKey: "ada@example.com") == nil)
        }
    }

    @Test func `where nobody reports, there is nothing`() async throws {
        try await TestAPI.run { api async throws in
            #expect(try await api.send(.post, Self.path, "[]", headers: Self.headers).status == 404)
        }
    }
}

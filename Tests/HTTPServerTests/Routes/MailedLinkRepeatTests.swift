import HTTPTypes
import Testing

@testable import HTTPServer

/// What mails links, and what their tokens do, sent again under its key: one effect and one answer.
struct MailedLinkRepeatTests {
    private static let key: HTTPFields = [.idempotencyKey: "again"]

    /// Sends a request twice under one key.
    private func twice(
        _ path: String, _ json: String, as access: String? = nil, in api: TestAPI
    ) async throws -> (first: TestAnswer, again: TestAnswer) {
        let first = try await api.post(path, json, as: access, headers: Self.key)
        let again = try await api.post(path, json, as: access, headers: Self.key)
        #expect(first.status < 300, "\(path) \(first.text)")
        #expect(first.headers[.idempotentReplayed] == nil, "\(path)")
        #expect(again.status == first.status && again.text == first.text, "\(path) \(again.text)")
        #expect(again.headers[.idempotentReplayed] == "true", "\(path)")
        return (first, again)
    }

    @Test func `a password is reset once`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            _ = try await twice("/auth/password/forgot", #"{"email":"ada@example.com"}"#, in: api)
            #expect(try await api.mails("reset_password").count == 1)
            let token = try await api.token(in: "reset_password")
            _ = try await twice(
                "/auth/password/reset", #"{"token":"\#(token)","password":"brisk otter lantern"}"#, in: api)
            #expect(try await api.mails("password_changed").count == 1)
        }
    }

    @Test func `an address is changed once, and back once`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            _ = try await twice("/users/me/email", #"{"new_email":"new@example.com"}"#, as: own.access, in: api)
            #expect(try await api.mails("change_email").count == 1)
            let token = try await api.token(in: "change_email", to: "new@example.com")
            _ = try await twice("/auth/email/change/confirm", TestAPI.proof(token), in: api)
            #expect(try await api.mails("email_changed").count == 1)
            let undo = try await api.token(in: "email_changed")
            _ = try await twice("/auth/email/change/undo", TestAPI.proof(undo), in: api)
            #expect(try await api.mails("reset_password").count == 1)
        }
    }

    @Test(arguments: ["/auth/password/forgot", "/auth/magic-link"])
    func `a repeated question tells no more than the first`(path: String) async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven()
            let known = try await twice(path, #"{"email":"ada@example.com"}"#, in: api)
            let unknown = try await api.post(
                path, #"{"email":"nobody@example.com"}"#, headers: [.idempotencyKey: "other"])
            let unknownAgain = try await api.post(
                path, #"{"email":"nobody@example.com"}"#, headers: [.idempotencyKey: "other"])
            #expect(unknown.comparable == known.first.comparable)
            #expect(unknownAgain.comparable == known.again.comparable)
            #expect(try await api.mails().count == 1)
        }
    }

    @Test func `a repeated wish for a taken address tells no more than one for a free one`() async throws {
        try await TestAPI.run { api async throws in
            _ = try await api.registerProven("bob@example.com")
            let own = try await api.registerProven()
            let free = try await twice("/users/me/email", #"{"new_email":"new@example.com"}"#, as: own.access, in: api)
            var taken: [TestAnswer] = []
            for _ in 0..<2 {
                taken.append(
                    try await api.post(
                        "/users/me/email", #"{"new_email":"bob@example.com"}"#, as: own.access,
                        headers: [.idempotencyKey: "other"]))
            }
            #expect(taken.map(\.comparable) == [free.first.comparable, free.again.comparable])
        }
    }
}

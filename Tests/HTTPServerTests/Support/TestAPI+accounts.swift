import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

/// What people do in the tests of accounts, each by the requests of a client.
extension TestAPI {
    typealias Tokens = (access: String, refresh: String)

    /// Another one than ``password``.
    static let otherPassword = "brisk otter lantern"

    func post(
        _ path: String, _ json: String? = nil, as access: String? = nil, headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        let credential = access.map { Self.bearer($0) } ?? [:]
        return try await send(.post, "/api/v1\(path)", json, headers: headers.merging(credential))
    }

    /// Opens an account whose address is proven.
    func registerProven(_ email: String = "ada@example.com") async throws -> Tokens {
        let tokens = try await register(email)
        try await change(email) { $0.emailVerifiedAt = time.now }
        return tokens
    }

    /// Closes an account, as an administrator does.
    func suspend(_ email: String = "ada@example.com") async throws {
        try await change(email) { $0.suspendedAt = time.now }
    }

    /// Leaves an account its 14 days to come back.
    func beginDeletion(_ email: String = "ada@example.com") async throws {
        try await change(email) { user in
            user.deletedAt = time.now
            user.purgeAt = time.now + .days(14)
        }
    }

    func signIn(
        _ email: String = "ada@example.com", password: String = password, headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        try await post("/auth/login", Self.credentials(email, password: password), headers: headers)
    }

    /// The next pair of a session, whose access token may have run out.
    func renew(_ tokens: Tokens) async throws -> Tokens {
        try Self.tokens(of: try await refresh(tokens.refresh))
    }

    static func tokens(of answer: TestAnswer) throws -> Tokens {
        (try #require(answer["access_token"] as? String), try #require(answer["refresh_token"] as? String))
    }

    /// Asks for another password's link and returns its token.
    func resetToken(_ email: String = "ada@example.com") async throws -> String {
        _ = try await post("/auth/password/forgot", #"{"email":"\#(email)"}"#)
        return try await token(in: "reset_password", to: email)
    }

    func reset(_ token: String, password: String = otherPassword, headers: HTTPFields = [:]) async throws -> TestAnswer
    {
        try await post("/auth/password/reset", #"{"token":"\#(token)","password":"\#(password)"}"#, headers: headers)
    }

    /// Asks for a link that signs in and returns its token.
    func magicToken(_ email: String = "ada@example.com") async throws -> String {
        _ = try await post("/auth/magic-link", #"{"email":"\#(email)"}"#)
        return try await token(in: "magic_link", to: email)
    }

    func changePassword(
        from current: String = password, to new: String = otherPassword, as access: String
    ) async throws -> TestAnswer {
        try await send(
            .put, "/api/v1/users/me/password", #"{"current_password":"\#(current)","new_password":"\#(new)"}"#,
            headers: Self.bearer(access))
    }

    /// Asks for another address and returns the token that was mailed there.
    func changeToken(to email: String, as access: String) async throws -> String {
        _ = try await post("/users/me/email", #"{"new_email":"\#(email)"}"#, as: access)
        return try await token(in: "change_email", to: email)
    }

    /// Gives the account of a session another address, proven from there.
    func changeEmail(to email: String, as access: String) async throws {
        let token = try await changeToken(to: email, as: access)
        #expect(try await post("/auth/email/change/confirm", Self.proof(token)).status == 200)
    }

    static func proof(_ token: String) -> String { #"{"token":"\#(token)"}"# }

    /// The mails of a kind that wait, newest first.
    func mails(_ kind: String, to email: String? = nil) async throws -> [[String: Any]] {
        try await mails().filter { mail in
            mail["kind"] as? String == kind && (email == nil || mail["to"] as? String == email)
        }
    }

    /// The token in the link of the newest mail of a kind.
    func token(in kind: String, to email: String = "ada@example.com") async throws -> String {
        let mail = try #require(try await mails(kind, to: email).first, "no mail \(kind)")
        let link = try #require((mail["links"] as? [String])?.first)
        let parts = link.split(separator: "?token=")
        return String(try #require(parts.count == 2 ? parts.last : nil))
    }

    /// Sends all bodies at once, and returns how often each status came.
    func race(
        _ path: String, _ bodies: [String], headers: HTTPFields = [:]
    ) async throws -> [Int: Int] {
        try await withThrowingTaskGroup(of: Int.self) { tasks in
            for body in bodies {
                tasks.addTask { try await post(path, body, headers: headers).status }
            }
            return try await tasks.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }
}

extension TestAPI {
    /// Somebody who administers the installation, with a second factor, in a fresh session.
    func administrator(_ email: String = "root@example.com") async throws -> Tokens {
        let tokens = try await register(email)
        try await change(email) { user in
            user.isSuperuser = true
            user.hasSecondFactor = true
            user.emailVerifiedAt = time.now
        }
        return tokens
    }

    /// The next pair of a session that is fresh no more.
    func stale(_ tokens: Tokens) async throws -> Tokens {
        pass(seconds: 15 * 60)
        return try await renew(tokens)
    }

    /// The id of the account with an address.
    func id(_ email: String = "ada@example.com") async throws -> ID<User> {
        try #require(try await database.scoped(.system).users.find(emailKey: email)?.id)
    }

    /// What the log of a person says, latest first.
    func audit(_ email: String = "ada@example.com") async throws -> [AuditEvent] {
        try await database.scoped(.system).auditLog.list(ofUser: id(email), page: PageRequest(limit: 100)).items
    }
}

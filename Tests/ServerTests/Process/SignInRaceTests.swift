import Core
import DatabaseSupport
import Foundation
import ProcessSupport
import Testing

@testable import Auth

/// What works once works once, whichever of two servers is asked by however many.
@Suite(.timeLimit(.minutes(5)))
struct SignInRaceTests {
    private static let (email, password) = ("demo@example.com", "a demonstration for everyone")

    @Test func `of fifty exchanges of one refresh token all get the same successor, which goes on`() async throws {
        try await withInstances { first, second async throws in
            let login = try await Site.login(first, Self.email, Self.password)
            let token = try #require(login.value("refresh_token"))
            let answers = try await race(50, first, second) { port in
                try await Site.request(
                    port, "POST", "/api/v1/auth/refresh", json: #"{"refresh_token":"\#(token)"}"#)
            }
            #expect(answers.allSatisfy { $0.status == 200 })
            let successors = Set(answers.compactMap { $0.value("refresh_token") })
            #expect(successors.count == 1)
            let successor = try #require(successors.first)
            let next = try await Site.request(
                second, "POST", "/api/v1/auth/refresh", json: #"{"refresh_token":"\#(successor)"}"#)
            #expect(next.status == 200)
            // The one before is known to be used by now: whoever shows it ends the session.
            let reused = try await Site.request(
                first, "POST", "/api/v1/auth/refresh", json: #"{"refresh_token":"\#(token)"}"#)
            #expect(reused.status == 401)
            let access = try #require(next.value("access_token"))
            for port in [first, second] {
                #expect(try await Site.request(port, "GET", "/api/v1/users/me", token: access).status == 401)
            }
        }
    }

    /// On a busy machine some find no place to be hashed; they are not counted, and never make more than ten.
    @Test func `of forty wrong passwords at once ten are looked at`() async throws {
        try await withInstances { first, second async throws in
            let answers = try await race(40, first, second) { port in
                try await Site.login(port, Self.email, "not the password at all")
            }
            #expect(answers.allSatisfy { [401, 429, 503].contains($0.status) })
            if !answers.contains(where: { $0.status == 503 }) {
                #expect(Self.counts(answers) == [401: 10, 429: 30])
            }
            var (looked, last) = (answers.count { $0.status == 401 }, 0)
            for attempt in 0..<20 where last != 429 {
                last = try await Site.login(
                    attempt.isMultiple(of: 2) ? first : second, Self.email, "not the password at all"
                ).status
                looked += last == 401 ? 1 : 0
            }
            #expect(looked <= 10 && last == 429, "\(Self.counts(answers))")
        }
    }

    @Test func `a link that signs in does for one of forty, one that resets for one of thirty`() async throws {
        try await withInstances { first, second async throws in
            let link = try await mailedToken(first, "/api/v1/auth/magic-link")
            let signedIn = try await race(40, first, second) { port in
                try await Site.request(
                    port, "POST", "/api/v1/auth/magic-link/verify", json: #"{"token":"\#(link)"}"#)
            }
            #expect(Self.counts(signedIn) == [200: 1, 400: 39])

            let reset = try await mailedToken(second, "/api/v1/auth/password/forgot")
            let done = try await race(30, first, second) { port in
                try await Site.request(
                    port, "POST", "/api/v1/auth/password/reset",
                    json: #"{"token":"\#(reset)","password":"violet harbour minute 44"}"#)
            }
            // Some find no place to have the password hashed.
            #expect(done.count { $0.status == 204 } == 1)
            #expect(done.allSatisfy { [204, 400, 503].contains($0.status) })
            #expect(try await Site.login(first, Self.email, "violet harbour minute 44").status == 200)
        }
    }

    @Test func `a code of the app and a recovery code open one session each`() async throws {
        try await withInstances { first, second async throws in
            let access = try #require(try await Site.login(first, Self.email, Self.password).value("access_token"))
            let setup = try await Site.request(first, "POST", "/api/v1/users/me/mfa/totp", token: access, json: "{}")
            let secret = try #require(
                setup.value("secret").flatMap { Base32.rfc4648.decode($0) }.flatMap { TOTPSecret($0) })
            let confirmed = try await Site.request(
                second, "POST", "/api/v1/users/me/mfa/totp/confirm", token: access,
                json: #"{"code":"\#(Self.code(secret, later: -1))"}"#)
            #expect(confirmed.status == 200)
            let recovery = try #require(confirmed.list("codes").first)

            for answer in [#""code":"\#(Self.code(secret, later: 0))""#, #""recovery_code":"\#(recovery)""#] {
                let request = try await Site.login(second, Self.email, Self.password)
                #expect(request.value("status") == "mfa_required")
                let token = try #require(request.value("mfa_token"))
                let answers = try await race(30, first, second) { port in
                    try await Site.request(
                        port, "POST", "/api/v1/auth/mfa/verify", json: #"{"mfa_token":"\#(token)",\#(answer)}"#)
                }
                #expect(answers.count { $0.status == 200 } == 1)
                #expect(answers.allSatisfy { [200, 401, 410, 429].contains($0.status) })
            }
            let sessions = try await Site.request(first, "GET", "/api/v1/users/me/sessions", token: access)
            #expect(sessions.count("data") == 3)
        }
    }

    private static func code(_ secret: TOTPSecret, later steps: Int64) -> String {
        let now = TimeSource.system.now()
        return String(decoding: TOTP.code(of: secret, step: TOTP.step(at: now) + steps), as: UTF8.self)
    }

    private static func counts(_ answers: [HTTPAnswer]) -> [Int: Int] {
        answers.reduce(into: [:]) { $0[$1.status, default: 0] += 1 }
    }

    /// The token of the mail that was asked for.
    private func mailedToken(_ port: Int, _ path: String) async throws -> String {
        let asked = try await Site.request(port, "POST", path, json: #"{"email":"\#(Self.email)"}"#)
        #expect(asked.status == 202)
        let link = try #require(try await Site.request(port, "GET", "/dev/outbox").newestLinks.first)
        return try #require(link.split(separator: "token=").last.map(String.init))
    }

    /// Asks both servers in turn, all at once.
    private func race(
        _ count: Int, _ first: Int, _ second: Int, _ ask: @escaping @Sendable (_ port: Int) async throws -> HTTPAnswer
    ) async throws -> [HTTPAnswer] {
        try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
            for number in 0..<count {
                group.addTask { try await ask(number.isMultiple(of: 2) ? first : second) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func withInstances(_ body: (_ first: Int, _ second: Int) async throws -> Void) async throws {
        try await TestDatabase.withMigrated { url async throws in
            let environment = [
                "DATABASE_URL": url, "PLINTH_SECRET_KEY": ServerConfigurationTests.key,
                "PLINTH_BASE_URL": "http://plinth.test",
            ]
            try await withSite(environment: environment) { site async throws in
                try await site.withServer { _, first in
                    try await site.withServer { _, second in try await body(first, second) }
                }
            }
        }
    }
}

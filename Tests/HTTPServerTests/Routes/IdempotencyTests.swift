import Core
import Foundation
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

/// A POST that is sent again under its key has one effect and one answer.
struct IdempotencyTests {
    private static let register = "/api/v1/auth/register"

    private func key(_ text: String) -> HTTPFields { [.idempotencyKey: text] }

    @Test func `the first answer comes again, cookies and tokens included`() async throws {
        try await TestAPI.run { api async throws in
            let first = try await api.send(.post, Self.register, TestAPI.registration(), headers: key("once"))
            let again = try await api.send(.post, Self.register, TestAPI.registration(), headers: key("once"))
            #expect(first.status == 201)
            #expect(first.headers[.idempotentReplayed] == nil)
            #expect(again.status == 201)
            #expect(again.headers[.idempotentReplayed] == "true")
            #expect(again.text == first.text)
            #expect(again.cookies == first.cookies && !first.cookies.isEmpty)
            #expect(again.headers[.location] == first.headers[.location])
            #expect(again.headers[values: .requestID] != first.headers[values: .requestID])
            #expect(again.headers[values: .requestID].count == 1)
            let token = try #require(again["access_token"] as? String)
            #expect(
                try await api.send(.get, "/api/v1/users/me/sessions", headers: TestAPI.bearer(token)).data.count == 1)
            let other = try await api.send(.post, Self.register, TestAPI.registration(), headers: key("twice"))
            #expect(other.code == "email_taken")
        }
    }

    @Test func `another request under the same key is refused, and another caller has keys of its own`() async throws {
        try await TestAPI.run { api async throws in
            #expect(
                try await api.send(.post, Self.register, TestAPI.registration(), headers: key("k")).status == 201)
            let mismatch = try await api.send(
                .post, Self.register, TestAPI.registration("bob@example.com"), headers: key("k"))
            #expect(mismatch.status == 422)
            #expect(mismatch.code == "idempotency_mismatch")
            let elsewhere = try await api.send(
                .post, Self.register, TestAPI.registration("bob@example.com"), headers: key("k"), peer: "192.0.2.9")
            #expect(elsewhere.status == 201)
            let login = try await api.send(.post, "/api/v1/auth/login", TestAPI.credentials(), headers: key("k"))
            #expect(login.status == 200)
        }
    }

    @Test func `an answer is kept for a day`() async throws {
        try await TestAPI.run { api async throws in
            func login() async throws -> TestAnswer {
                try await api.send(.post, "/api/v1/auth/login", TestAPI.credentials(), headers: key("day"))
            }
            _ = try await api.register()
            let first = try await login()
            api.pass(seconds: 24 * 3600 - 1)
            #expect(try await login().text == first.text)
            api.pass(seconds: 1)
            let later = try await login()
            #expect(later.status == 200)
            #expect(later.text != first.text)
        }
    }

    @Test func `what was refused is tried anew`() async throws {
        try await TestAPI.run { api async throws in
            func login() async throws -> Int {
                try await api.send(.post, "/api/v1/auth/login", TestAPI.credentials(), headers: key("again")).status
            }
            #expect(try await login() == 401)
            _ = try await api.register()
            #expect(try await login() == 200)
        }
    }

    @Test func `every POST that changes something keeps its answer`() async throws {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            func twice(_ path: String, _ json: String?, _ headers: HTTPFields = [:]) async throws -> TestAnswer {
                let headers = headers.merging(key("same"))
                let first = try await api.send(.post, path, json, headers: headers)
                let again = try await api.send(.post, path, json, headers: headers)
                #expect(first.status < 300, "\(path) \(first.text)")
                #expect(again.status == first.status && again.text == first.text, "\(path) \(again.text)")
                #expect(again.headers[.idempotentReplayed] == "true", "\(path)")
                return again
            }
            #expect(try await twice(Self.register, TestAPI.registration()).status == 202)
            #expect(try await api.mails().count == 1)
            api.pass(seconds: 61)
            #expect(try await twice("/api/v1/auth/email/resend", #"{"email":"ada@example.com"}"#).status == 202)
            #expect(try await api.mails().count == 2)
            let token = try await api.mailedToken()
            #expect(try await twice("/api/v1/auth/email/verify", #"{"token":"\#(token)"}"#).status == 200)
            let session = try await twice("/api/v1/auth/login", TestAPI.credentials())
            let refresh = try #require(session["refresh_token"] as? String)
            let next = try await twice("/api/v1/auth/refresh", #"{"refresh_token":"\#(refresh)"}"#)
            let access = try #require(next["access_token"] as? String)
            #expect(try await twice("/api/v1/auth/logout?scope=others", nil, TestAPI.bearer(access)).status == 204)
        }
    }

    @Test func `a lost answer to the commit is made up for by asking again`() async throws {
        let installation = try await TestInstallation()
        let lossy = LosingDatabase(installation.database)
        let api = try TestAPI(try await TestInstallation(database: installation.database, wrapping: lossy))
        let lost = try await api.send(.post, Self.register, TestAPI.registration(), headers: key("lost"))
        #expect(lost.status == 503)
        let again = try await api.send(.post, Self.register, TestAPI.registration(), headers: key("lost"))
        #expect(again.status == 201)
        #expect(again.headers[.idempotentReplayed] == "true")
    }

    @Test func `whoever reads the database finds no key and no token in it`() async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.post, Self.register, TestAPI.registration(), headers: key("a secret key"))
            let seal = AnswerSeal(masterKeys: api.installation.services.masterKeys, idempotencyKey: "a secret key")
            let sealed = try seal.seal(KeptAnswer(status: 201, fields: [], body: Data([1, 2, 3])))
            #expect(seal.open(sealed)?.body.count == 3)
            let guess = AnswerSeal(masterKeys: api.installation.services.masterKeys, idempotencyKey: seal.keyHash)
            #expect(guess.open(sealed) == nil)
            #expect(answer.status == 201)
        }
    }
}

/// Commits, and then loses the answer, once.
final class LosingDatabase: Database {
    private let database: InMemoryDatabase
    private let losses = Losses()

    private actor Losses {
        private var left = 1
        func take() -> Bool {
            defer { left -= 1 }
            return left > 0
        }
    }

    init(_ database: InMemoryDatabase) {
        self.database = database
    }

    func scoped(_ scope: Scope) -> any Store { database.scoped(scope) }

    func transaction<Result: Sendable>(
        _ scope: Scope, repetition: Repetition, _ body: @Sendable (any Store) async throws -> Result
    ) async throws -> Result {
        let result = try await database.transaction(scope, repetition: repetition, body)
        if await losses.take() { throw DatabaseError.outcomeUnknown }
        return result
    }
}

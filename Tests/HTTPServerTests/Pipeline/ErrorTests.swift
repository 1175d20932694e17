import API
import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Persistence
import Testing

@testable import Auth
@testable import HTTPServer

struct ErrorTests {
    private struct Leaky: Error, CustomStringConvertible {
        var description: String { "select password_hash from users; in file secret.swift, line 7" }
    }

    private func answer(to error: any Error, headers: HTTPFields = [:]) async throws -> TestAnswer {
        try await TestAPI.send(.get, "/fails", headers: headers, to: try await pipeline(failingWith: error))
    }

    private func pipeline(failingWith error: any Error) async throws -> RequestPipeline {
        let endpoint = Endpoint<Nothing, Nothing, Nothing, NoContent>(
            .get, "/fails", id: "fail", tag: "test", summary: "Fails.", authentication: .none)
        return try await TestInstallation().pipeline([Route(endpoint.traits) { _, _ in throw error }])
    }

    @Test func `of an error that nobody expected nothing gets out`() async throws {
        let answers = [
            try await answer(to: Leaky()), try await answer(to: DatabaseError.unexpected(code: "42P01")),
            try await answer(to: DatabaseError.duplicate(.userEmail)), try await answer(to: CancellationError()),
            try await answer(to: HTTPError(.internalServerError, message: Leaky().description)),
        ]
        for answer in answers {
            #expect(answer.status == 500)
            #expect(answer.code == "internal_error")
            #expect(answer.headers[.contentType] == "application/problem+json")
            for word in ["select", "secret", "42P01", "password", "duplicate", "Error("] {
                #expect(!answer.text.contains(word), "\(word)")
            }
        }
    }

    @Test func `who is cut off is told to come again`() async throws {
        let pipeline = try await pipeline(failingWith: CancellationError())
        let cut = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await TestAPI.send(.get, "/fails", to: pipeline)
        }
        let answer = try await cut.value
        #expect(answer.status == 503)
        #expect(answer.code == "unavailable")
        #expect(answer.headers[.retryAfter] == "1")
    }

    @Test(arguments: [
        (AuthError.invalidCredentials, 401, "invalid_credentials"), (.emailNotVerified, 403, "email_not_verified"),
        (.accountSuspended, 403, "account_suspended"), (.accountPendingDeletion, 403, "account_pending_deletion"),
        (.emailTaken, 409, "email_taken"), (.passwordRejected([.common]), 422, "validation_failed"),
        (.throttled(retryAfter: .milliseconds(1)), 429, "rate_limited"),
        (.overloaded(retryAfter: .milliseconds(1500)), 503, "overloaded"), (.refreshInvalid, 401, "refresh_invalid"),
        (.refreshReused, 401, "refresh_reused"), (.sessionExpired, 401, "session_expired"),
        (.sessionRevoked, 401, "session_revoked"), (.unauthenticated, 401, "unauthenticated"),
        (.invalidToken, 400, "invalid_token"), (.tokenExpired, 410, "token_expired"),
        (.preconditionFailed, 412, "precondition_failed"), (.versionConflict, 409, "version_conflict"),
        (.notFound, 404, "not_found"), (.impersonating, 403, "impersonating"), (.forbidden, 403, "forbidden"),
        (.secondFactorRequired, 403, "second_factor_required"), (.reasonRejected, 422, "validation_failed"),
    ])
    func `every refusal of an act has its status and code`(error: AuthError, status: Int, code: String) async throws {
        let answer = try await answer(to: error)
        #expect(answer.status == status)
        #expect(answer.code == code)
        #expect((answer.headers[.wwwAuthenticate] != nil) == (status == 401))
        let wait: String? = status == 429 ? "1" : status == 503 ? "2" : nil
        #expect(answer.headers[.retryAfter] == wait)
    }

    @Test func `what the server is made of fails in our form as well`() async throws {
        for (error, code) in [
            (NIOTooManyBytesError(maxBytes: 7), "payload_too_large"),
            (HTTPError(.contentTooLarge), "payload_too_large"),
            (HTTPError(.notFound), "not_found"), (HTTPError(.badRequest), "malformed_request"),
            (AccessTokenIssuer.NoSigningKey(), "unavailable"), (DatabaseError.notFound, "not_found"),
            (DatabaseError.versionConflict, "version_conflict"),
            (DatabaseError.serializationFailure, "version_conflict"), (DatabaseError.outcomeUnknown, "unavailable"),
            (DatabaseError.unavailable(retryAfter: .seconds(5)), "unavailable"),
        ] as [(any Error, String)] {
            let answer = try await answer(to: error)
            #expect(answer.code == code)
            if code == "unavailable" { #expect(answer.headers[.retryAfter] != nil) }
        }
    }

    @Test func `the language changes what people read, never what programs do`() async throws {
        try await TestAPI.run { api async throws in
            func refused(_ language: String?) async throws -> TestAnswer {
                var headers = HTTPFields()
                headers[.acceptLanguage] = language
                return try await api.send(
                    .post, "/api/v1/auth/register",
                    #"{"email":"x","password":"zyxwv","first_name":"","last_name":7}"#, headers: headers)
            }
            let english = try await refused(nil)
            let french = try await refused("fr-CH, fr;q=0.9, en;q=0.8")
            #expect(english.headers[.contentLanguage] == "en")
            #expect(french.headers[.contentLanguage] == "fr")
            #expect(french["title"] as? String == "Champs invalides")
            #expect(french.code == english.code)
            #expect(french.pointers == english.pointers)
            #expect(french.errors.map { $0["code"] as? String } == english.errors.map { $0["code"] as? String })
            for (one, other) in zip(french.errors, english.errors) {
                #expect(one["detail"] as? String != other["detail"] as? String)
            }
            for language in ["", "de", "*", ";;;,", "fr;q=0", String(repeating: "fr,", count: 3000)] {
                #expect(try await refused(language).code == "validation_failed", "\(language.prefix(10))")
            }
        }
    }

    @Test func `no word of a request comes back in an error`() async throws {
        try await TestAPI.run { api async throws in
            let marker = "zq7marker"
            let answers = [
                try await api.send(.get, "/\(marker)?\(marker)=\(marker)"),
                try await api.send(.get, "/api/v1/users/me", headers: TestAPI.bearer(marker)),
                try await api.send(.post, "/api/v1/auth/email/verify", #"{"token":"\#(marker)"}"#),
                try await api.send(.post, "/api/v1/auth/login", TestAPI.credentials("\(marker)@example.com")),
                try await api.send(.post, "/api/v1/auth/login", "{\(marker)"),
                try await api.send(.post, "/api/v1/auth/register", TestAPI.registration(password: marker)),
                try await api.send(.get, "/api/v1/auth/settings", headers: [.accept: marker, .origin: marker]),
            ]
            for answer in answers {
                #expect(answer.status >= 400)
                #expect(!answer.text.contains(marker), "\(answer.text)")
                #expect(!answer.headers.contains { $0.value.contains(marker) })
            }
        }
    }
}

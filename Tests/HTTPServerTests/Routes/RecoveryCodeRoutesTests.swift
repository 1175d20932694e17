import HTTPTypes
import Testing

@testable import HTTPServer

/// Recovery codes, and what shows secrets once but may be asked again under its key.
struct RecoveryCodeRoutesTests {
    private static let path = "/users/me/mfa/recovery-codes"
    private static let start = "/users/me/mfa/totp"
    private static let confirm = "/users/me/mfa/totp/confirm"

    @Test func `new codes take the place of all before`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (_, old) = try await api.enrol(as: own.access)
            #expect(
                try await api.verify(try await api.challenge(), recoveryCode: try #require(old.first)).status == 200)
            let answer = try await api.post(Self.path, as: own.access)
            #expect(answer.status == 200)
            #expect(answer.headers[.cacheControl] == "no-store")
            let new = try #require(answer["codes"] as? [String])
            #expect(new.count == 10)
            #expect(Set(new + old).count == 20)
            #expect(try await api.mails("recovery_codes_replaced", to: "ada@example.com").count == 1)
            let state = try await api.send(.get, "/api/v1\(Self.start)", headers: TestAPI.bearer(own.access))
            #expect(state["recovery_codes_left"] as? Int == 10)
            let token = try await api.challenge()
            let former = try await api.verify(token, recoveryCode: try #require(old.last))
            #expect(former.status == 401)
            #expect(former.code == "invalid_code")
            #expect(try await api.verify(token, recoveryCode: try #require(new.last)).status == 200)
        }
    }

    @Test func `the own session and all others live`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, _) = try await api.enrol(as: own.access)
            let other = try TestAPI.tokens(of: try await api.verify(try await api.challenge(), code: app.code()))
            #expect(try await api.post(Self.path, as: own.access).status == 200)
            #expect(try await api.me(own.access).status == 200)
            #expect(try await api.me(other.access).status == 200)
        }
    }

    @Test func `asked again under its key, the same codes are shown`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            _ = try await api.enrol(as: own.access)
            let first = try await api.post(Self.path, as: own.access, headers: [.idempotencyKey: "codes"])
            let again = try await api.post(Self.path, as: own.access, headers: [.idempotencyKey: "codes"])
            #expect(first.status == 200)
            #expect(again.status == 200)
            #expect(again.headers[.idempotentReplayed] == "true")
            #expect(again.headers[.cacheControl] == "no-store")
            #expect(again.text == first.text)
            let other = try await api.post(Self.path, as: own.access, headers: [.idempotencyKey: "others"])
            #expect(other.status == 200)
            #expect(other.text != first.text)
        }
    }

    @Test func `confirmed again under its key, the same codes are shown`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let app = try await api.startAuthenticator(as: own.access)
            let body = #"{"code":"\#(app.code())"}"#
            let first = try await api.post(Self.confirm, body, as: own.access, headers: [.idempotencyKey: "on"])
            let again = try await api.post(Self.confirm, body, as: own.access, headers: [.idempotencyKey: "on"])
            #expect(first.status == 200)
            #expect(again.status == 200)
            #expect(again.headers[.idempotentReplayed] == "true")
            #expect(again.text == first.text)
            #expect(try await api.mails("second_factor_enabled").count == 1)
            let codes = try #require(again["codes"] as? [String])
            #expect(
                try await api.verify(try await api.challenge(), recoveryCode: try #require(codes.first)).status == 200)
            let changed = try await api.post(
                Self.confirm, #"{"code":"000000"}"#, as: own.access, headers: [.idempotencyKey: "on"])
            #expect(changed.status == 422)
            #expect(changed.code == "idempotency_mismatch")
        }
    }

    @Test func `started again under its key, the same secret is shown`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let first = try await api.post(Self.start, as: own.access, headers: [.idempotencyKey: "start"])
            let again = try await api.post(Self.start, as: own.access, headers: [.idempotencyKey: "start"])
            let secrets = [first, again].compactMap { $0["secret"] as? String }
            #expect(secrets.count == 2)
            #expect(secrets.first == secrets.last)
            #expect(again.headers[.idempotentReplayed] == "true")
        }
    }

    @Test func `a stale session and a sign-in that is half done get none`() async throws {
        try await TestAPI.run { api async throws in
            let tokens = try await api.registerProven()
            _ = try await api.enrol(as: tokens.access)
            let half = try await api.challenge()
            #expect(try await api.post(Self.path, as: half).code == "unauthenticated")
            api.pass(seconds: 840)
            let stale = try await api.post(Self.path, as: try await api.renew(tokens).access)
            #expect(stale.status == 403)
            #expect(stale.code == "reauthentication_required")
        }
    }
}

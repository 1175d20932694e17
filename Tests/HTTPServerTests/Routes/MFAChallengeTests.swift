import HTTPTypes
import Testing

@testable import HTTPServer

/// What stands between the two factors of a sign-in: how long, how often and for whom it is good.
struct MFAChallengeTests {
    private static let path = "/auth/mfa/verify"

    @Test func `five wrong codes end the sign-in, not the account`() async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            let token = try await api.challenge()
            for _ in 0..<5 {
                let wrong = try await api.verify(token, code: app.wrongCode)
                #expect(wrong.status == 401)
                #expect(wrong.code == "invalid_code")
            }
            let over = try await api.verify(token, code: app.code())
            #expect(over.status == 410)
            #expect(over.code == "challenge_expired")
            #expect(over.headers[.setCookie] == nil)
            #expect(try await api.verify(try await api.challenge(), code: app.code()).status == 200)
        }
    }

    @Test func `ten wrong codes over all sign-ins and factors make everybody wait, a known device too`() async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            let known = try await api.verify(try await api.challenge(), code: app.code())
            let device: HTTPFields = [.cookie: "plinth_device=\(try #require(known.cookies["plinth_device"]))"]
            api.pass(seconds: 60)
            for _ in 0..<2 {
                let token = try await api.challenge()
                for _ in 0..<3 { #expect(try await api.verify(token, code: app.wrongCode).status == 401) }
                for _ in 0..<2 {
                    #expect(try await api.verify(token, recoveryCode: "k3x9-7pqr-02st-mhw4").status == 401)
                }
            }
            let refused = try await api.verify(try await api.challenge(), code: app.code())
            #expect(refused.status == 429)
            #expect(refused.code == "rate_limited")
            #expect(refused.headers[.retryAfter] == "60")
            // Who knew the password once may have marks of many devices.
            let marked = try await api.verify(
                try await api.challenge(headers: device), code: app.code(), headers: device)
            #expect(marked.status == 429)
            api.pass(seconds: 60)
            #expect(try await api.verify(try await api.challenge(), code: app.code()).status == 200)
        }
    }

    @Test func `of many tries at once no more than five are looked at`() async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            let token = try await api.challenge()
            let bodies = Array(repeating: #"{"mfa_token":"\#(token)","code":"\#(app.wrongCode)"}"#, count: 50)
            let statuses = try await api.race(Self.path, bodies)
            #expect(statuses[401] == 5)
            #expect(statuses[200] == nil)
            #expect((statuses[410] ?? 0) + (statuses[429] ?? 0) == 45)
        }
    }

    @Test func `it is good once`() async throws {
        try await TestAPI.run { api async throws in
            let (app, codes) = try await api.enrol(as: try await api.registerProven().access)
            let token = try await api.challenge()
            #expect(try await api.verify(token, code: app.code()).status == 200)
            for again in [
                try await api.verify(token, code: app.code(at: 1)),
                try await api.verify(token, recoveryCode: try #require(codes.first)),
            ] {
                #expect(again.status == 410)
                #expect(again.code == "challenge_expired")
            }
            #expect(
                try await api.verify(try await api.challenge(), recoveryCode: try #require(codes.first)).status == 200)
        }
    }

    @Test(arguments: [(299, 200, nil), (300, 410, "challenge_expired")] as [(Int, Int, String?)])
    func `it is good for five minutes`(seconds: Int, status: Int, code: String?) async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            let token = try await api.challenge()
            api.pass(seconds: seconds)
            let answer = try await api.verify(token, code: app.code())
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
    }

    @Test func `another password ends it`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, _) = try await api.enrol(as: own.access)
            let token = try await api.challenge()
            #expect(try await api.changePassword(as: own.access).status == 204)
            let answer = try await api.verify(token, code: app.code())
            #expect(answer.status == 410)
            #expect(answer.code == "challenge_expired")
        }
    }

    @Test func `another address ends it, and so does a reset`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, _) = try await api.enrol(as: own.access)
            let byAddress = try await api.challenge()
            try await api.changeEmail(to: "new@example.com", as: own.access)
            #expect(try await api.verify(byAddress, code: app.code()).code == "challenge_expired")
            let byReset = try await api.challenge("new@example.com")
            #expect(try await api.reset(try await api.resetToken("new@example.com")).status == 204)
            #expect(try await api.verify(byReset, code: app.code()).code == "challenge_expired")
        }
    }

    @Test func `an account closed since stays closed`() async throws {
        try await TestAPI.run { api async throws in
            let (app, _) = try await api.enrol(as: try await api.registerProven().access)
            let token = try await api.challenge()
            try await api.suspend()
            let answer = try await api.verify(token, code: app.code())
            #expect(answer.status == 403)
            #expect(answer.code == "account_suspended")
            #expect(answer.headers[.setCookie] == nil)
        }
    }

    @Test func `what is none of ours is answered as one past its time`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.registerProven()
            let (app, _) = try await api.enrol(as: own.access)
            let token = try await api.challenge()
            for text in ["nonsense", own.access, own.refresh, token + "A", String(token.dropLast()), "AAAA"] {
                let answer = try await api.verify(text, code: app.code())
                #expect(answer.status == 410)
                #expect(answer.code == "challenge_expired")
                #expect(!answer.text.contains(text))
            }
            #expect(try await api.verify(token, code: app.code()).status == 200)
        }
    }

    @Test(arguments: [
        (#"{"code":"123456"}"#, "/mfa_token"), (#"{"mfa_token":"","code":"123456"}"#, "/mfa_token"),
        (#"{"mfa_token":"a b","code":"123456"}"#, "/mfa_token"), (#"{"mfa_token":"x"}"#, "/code"),
        (#"{"mfa_token":"x","code":123456}"#, "/code"), (#"{"mfa_token":"x","code":""}"#, "/code"),
        (#"{"mfa_token":"x","code":"123456","recovery_code":"k3x9-7pqr-02st-mhw4"}"#, "/recovery_code"),
    ])
    func `what can't be read is told at its place`(body: String, pointer: String) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.post(Self.path, body)
            #expect(answer.status == 422)
            #expect(answer.pointers == [pointer], "\(answer.text)")
            let read = try await api.send(.get, "/api/v1\(Self.path)")
            #expect(read.status == 405)
            #expect(read.headers[.allow] == "POST")
        }
    }
}

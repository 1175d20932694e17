import Core
import Fakes
import HTTPTypes
import Testing

@testable import Auth

/// An authenticator app, as a person has one.
struct TestAuthenticator {
    private let secret: TOTPSecret
    private let time: ManualTime

    /// - Parameter secret: In base32, as typed.
    init(secret: String, time: ManualTime) throws {
        let bytes = try #require(Base32.rfc4648.decode(secret))
        self.secret = try #require(TOTPSecret(bytes))
        self.time = time
    }

    /// The code it shows, or showed and will show some steps of 30 s away from now.
    func code(at step: Int64 = 0) -> String {
        String(decoding: TOTP.code(of: secret, step: TOTP.step(at: time.now) + step), as: UTF8.self)
    }

    /// Six digits that it does not show anywhere near.
    var wrongCode: String {
        let near = (-3...3).map { code(at: $0) }
        return (0...9).map { String(repeating: "\($0)", count: 6) }.first { !near.contains($0) } ?? ""
    }
}

extension TestAPI {
    /// Sets an authenticator app up, without confirming it.
    func startAuthenticator(as access: String) async throws -> TestAuthenticator {
        let answer = try await post("/users/me/mfa/totp", as: access)
        return try TestAuthenticator(secret: try #require(answer["secret"] as? String), time: time)
    }

    /// Switches the second factor on, and waits until the code that did it is of no use any more.
    func enrol(as access: String) async throws -> (app: TestAuthenticator, recoveryCodes: [String]) {
        let app = try await startAuthenticator(as: access)
        let answer = try await post("/users/me/mfa/totp/confirm", #"{"code":"\#(app.code())"}"#, as: access)
        let codes = try #require(answer["codes"] as? [String])
        pass(seconds: 60)
        return (app, codes)
    }

    /// Gives the password, and returns the token that asks for the second factor.
    func challenge(
        _ email: String = "ada@example.com", password: String = password, headers: HTTPFields = [:]
    ) async throws -> String {
        let answer = try await signIn(email, password: password, headers: headers)
        #expect(answer["status"] as? String == "mfa_required")
        return try #require(answer["mfa_token"] as? String)
    }

    func verify(_ token: String, code: String, headers: HTTPFields = [:]) async throws -> TestAnswer {
        try await post("/auth/mfa/verify", #"{"mfa_token":"\#(token)","code":"\#(code)"}"#, headers: headers)
    }

    func verify(_ token: String, recoveryCode: String, headers: HTTPFields = [:]) async throws -> TestAnswer {
        try await post(
            "/auth/mfa/verify", #"{"mfa_token":"\#(token)","recovery_code":"\#(recoveryCode)"}"#, headers: headers)
    }
}

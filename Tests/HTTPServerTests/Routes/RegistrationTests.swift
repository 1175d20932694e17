import Foundation
import HTTPTypes
import Testing

@testable import HTTPServer

struct RegistrationTests {
    private static let path = "/api/v1/auth/register"

    @Test func `where an address must be proven, all that can be seen is the same for a free and a taken one`()
        async throws
    {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            let free = try await api.send(.post, Self.path, TestAPI.registration())
            api.pass(seconds: 1)
            let taken = try await api.send(.post, Self.path, TestAPI.registration())
            let otherwiseSpelt = try await api.send(.post, Self.path, TestAPI.registration("ADA@Example.com"))
            #expect(free.status == 202)
            #expect(free.text == #"{"status":"verification_sent"}"#)
            #expect(free.headers[.cacheControl] == "no-store")
            #expect(free.headers[.setCookie] == nil)
            #expect(taken.comparable == free.comparable)
            #expect(otherwiseSpelt.comparable == free.comparable)
            let mails = try await api.mails()
            #expect(mails.map { $0["kind"] as? String } == ["already_registered", "verify_email"])
        }
    }

    @Test func `over https the cookies carry the host prefix and every protection`() async throws {
        try await TestAPI.run(configure: { $0.baseURL = "https://app.example.com" }) { api async throws in
            let answer = try await api.send(.post, Self.path, TestAPI.registration())
            #expect(answer.status == 201)
            let cookies = answer.headers[values: .setCookie]
            #expect(
                answer.cookies.keys.sorted() == [
                    "__Host-plinth_access", "__Host-plinth_device", "__Host-plinth_refresh",
                ])
            for cookie in cookies {
                #expect(cookie.contains("; Path=/; Max-Age="), "\(cookie)")
                #expect(cookie.hasSuffix("; HttpOnly; SameSite=Lax; Secure"), "\(cookie)")
                #expect(!cookie.lowercased().contains("domain"), "\(cookie)")
            }
            let lifetimes = cookies.compactMap { $0.firstMatch(of: /Max-Age=(\d+)/).map { Int($0.1) } }
            #expect(lifetimes == [300, 7 * 86_400, 365 * 86_400])
            #expect(answer.headers[.strictTransportSecurity] == "max-age=63072000; includeSubDomains")
            // Without the prefix a cookie may have been set by a neighbour: it does not count.
            let token = try #require(answer.cookies["__Host-plinth_access"])
            let me = "/api/v1/users/me"
            #expect(try await api.send(.get, me, headers: [.cookie: "plinth_access=\(token)"]).status == 401)
            #expect(try await api.send(.get, me, headers: [.cookie: "__Host-plinth_access=\(token)"]).status == 200)
        }
    }

    @Test func `on plain http the prefix and Secure fall away`() async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.post, Self.path, TestAPI.registration())
            #expect(answer.cookies.keys.sorted() == ["plinth_access", "plinth_device", "plinth_refresh"])
            #expect(answer.headers[values: .setCookie].allSatisfy { !$0.contains("Secure") })
            #expect(answer.headers[.strictTransportSecurity] == nil)
            #expect(answer.headers[.cacheControl] == "no-store")
        }
    }

    @Test(arguments: [
        ("zyxwv", "password_rejected"), ("Password1234", "password_rejected"),
        ("lovelace-lovelace", "password_rejected"), (String(repeating: "q", count: 257), "too_long"), ("", "too_short"),
    ])
    func `a password that is no good is refused at its place with a reason`(password: String, code: String) async throws
    {
        try await TestAPI.run(requiresVerifiedEmail: true) { api async throws in
            let answer = try await api.send(.post, Self.path, TestAPI.registration(password: password))
            #expect(answer.status == 422)
            #expect(answer.code == "validation_failed")
            #expect(!answer.pointers.isEmpty && answer.pointers.allSatisfy { $0 == "/password" }, "\(answer.text)")
            #expect(answer.errors.allSatisfy { $0["code"] as? String == code }, "\(answer.text)")
            #expect(password.isEmpty || !answer.text.contains(password))
            #expect(try await api.mails().isEmpty)
        }
    }

    @Test func `every error of a body is told at once`() async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(
                .post, Self.path,
                #"{"email":"x","password":1,"first_name":"","locale":"xx","time_zone":"Mars/One","terms_version":[]}"#)
            #expect(answer.status == 422)
            let codes = answer.errors.map { "\($0["pointer"] as? String ?? "") \($0["code"] as? String ?? "")" }
            #expect(
                codes == [
                    "/email too_short", "/password type", "/first_name too_short", "/last_name required",
                    "/locale not_allowed", "/time_zone invalid", "/terms_version type",
                ])
        }
    }

    @Test(arguments: ["email", "password", "first_name", "last_name", "locale", "time_zone", "terms_version"])
    func `a field of another type is refused where it stands`(field: String) async throws {
        try await TestAPI.run { api async throws in
            for value in ["7", "true", "[]", "{}", "1e400"] {
                let answer = try await api.send(.post, Self.path, Self.body(with: field, value: value))
                #expect(answer.status == 422, "\(field) = \(value)")
                #expect(answer.pointers == ["/\(field)"], "\(field) = \(value): \(answer.text)")
            }
        }
    }

    @Test(arguments: [
        "email", "first_name", "last_name", "locale", "time_zone", "terms_version", "invitation_token",
    ])
    func `a NUL, a CR or an LF within a field is refused`(field: String) async throws {
        try await TestAPI.run { api async throws in
            for escape in ["\\u0000", "\\r", "\\n", "\\r\\n"] {
                let value = field == "email" ? "ada\(escape)@example.com" : "a\(escape)b"
                let answer = try await api.send(.post, Self.path, Self.body(with: field, value: "\"\(value)\""))
                #expect(answer.status == 422, "\(field) with \(escape): \(answer.text)")
                #expect(answer.pointers == ["/\(field)"], "\(field) with \(escape): \(answer.text)")
            }
        }
    }

    @Test func `a NUL in a password is refused, for no hash and no database would keep it apart`() async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(
                .post, Self.path, Self.body(with: "password", value: #""correct horse\u0000battery""#))
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/password"])
        }
    }

    @Test func `what is absent or null is filled in, what is unknown ignored`() async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(
                .post, Self.path,
                #"{"email":" ada@example.com ","password":"\#(TestAPI.password)","first_name":" Ada ","last_name":"L","#
                    + #""locale":null,"is_superuser":true,"nonsense":{"a":[1,2,{}]}}"#,
                headers: [.acceptLanguage: "de, fr-CH;q=0.9, en;q=0.5"])
            let user = try #require(answer["user"] as? [String: Any])
            #expect(user["email"] as? String == "ada@example.com")
            #expect(user["first_name"] as? String == "Ada")
            #expect(user["locale"] as? String == "fr")
            #expect(user["time_zone"] as? String == "UTC")
            #expect(user["is_superuser"] as? Bool == false)
            #expect(user["avatar_url"] is NSNull)
        }
    }

    @Test func `registering works with the real hash as well`() async throws {
        let api = try TestAPI(try await TestInstallation(paysForHashes: true))
        _ = try await api.register()
        _ = try await api.login()
        let wrong = try await api.send(
            .post, "/api/v1/auth/login", TestAPI.credentials(password: "wrong horse battery"))
        #expect(wrong.code == "invalid_credentials")
    }

    /// A registration in which one field has another value.
    private static func body(with field: String, value: String) -> String {
        let fields = [
            "email": #""ada@example.com""#, "password": "\"\(TestAPI.password)\"", "first_name": #""Ada""#,
            "last_name": #""L""#,
        ].merging([field: value]) { $1 }
        return "{\(fields.map { "\"\($0)\":\($1)" }.joined(separator: ","))}"
    }
}

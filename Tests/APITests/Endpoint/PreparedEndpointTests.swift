import Core
import Testing

@testable import API

struct PreparedEndpointTests {
    private func read<P, Q, B, S>(
        _ endpoint: Endpoint<P, Q, B, S>, path: [(String, String)] = [], query: [(String, String)] = [],
        _ body: String = ""
    ) throws -> EndpointInput<P, Q, B> {
        let prepared = try endpoint.prepared()
        return try Array(body.utf8).withUnsafeBytes {
            try prepared.read(
                path: path.map { (name: $0.0, value: $0.1) }, query: query.map { (name: $0.0, value: $0.1) }, body: $0)
        }
    }

    private func failure(_ body: () throws -> Void) -> InputFailure? {
        do {
            try body()
            return nil
        } catch {
            return error as? InputFailure
        }
    }

    @Test func `a body arrives as its type`() throws {
        let input = try read(AuthEndpoints.login, #"{"email":"Ada@B.org","password":"pw","device_name":null,"more":1}"#)
        #expect(input.body.email.key == "ada@b.org")
        #expect(input.body.password.text == "pw")
        #expect(input.body.deviceName == nil)
    }

    @Test func `what is no JSON is malformed`() {
        let failure = failure { _ = try read(AuthEndpoints.login, "{") }
        #expect(failure == .malformed(JSONSyntaxError(.unexpectedEnd, at: 1)))
        #expect(failure?.problemCode == .malformedRequest)
        #expect(self.failure { _ = try read(AuthEndpoints.login) }?.problemCode == .malformedRequest)
    }

    @Test func `an empty body counts as an empty object only where the endpoint says so`() throws {
        #expect(try read(AuthEndpoints.refresh).body.refreshToken == nil)
        #expect(try read(AuthEndpoints.refresh, "{}").body.refreshToken == nil)
        #expect(try read(AuthEndpoints.refresh, #"{"refresh_token":"t"}"#).body.refreshToken?.text == "t")
    }

    @Test func `the body of an endpoint without one is not looked at`() throws {
        #expect(try read(UserEndpoints.me, "{not json").body == Nothing())
    }

    @Test func `the query becomes numbers, choices and cursors`() throws {
        let cursor = Cursor(time: Timestamp(seconds: 1), id: ID<Session>(high: 1, low: 2))
        let input = try read(
            UserEndpoints.sessions, query: [("limit", "5"), ("cursor", cursor.description), ("x", "y")])
        #expect(input.query.pageRequest == PageRequest(limit: 5, after: cursor))
        #expect(try read(UserEndpoints.sessions).query.pageRequest == PageRequest())
        #expect(try read(AuthEndpoints.logout, query: [("scope", "global")]).query.scope == .global)
    }

    @Test(arguments: [
        ("limit", "0", "out_of_range"), ("limit", "101", "out_of_range"), ("limit", "ten", "type"),
        ("limit", "", "type"),
        ("limit", "5.5", "type"), ("limit", "99999999999999999999", "out_of_range"),
    ])
    func `a limit out of range is a field to correct`(name: String, value: String, code: String) {
        let failure = failure { _ = try read(UserEndpoints.sessions, query: [(name, value)]) }
        #expect(failure?.problemCode == .validationFailed)
        #expect(failure?.errors.map { "\($0.pointer) \($0.code)" } == ["/\(name) \(code)"])
    }

    @Test func `a bad cursor has a code of its own, and a name given twice is refused`() {
        let failure = failure { _ = try read(UserEndpoints.sessions, query: [("cursor", "zzz")]) }
        #expect(failure?.problemCode == .invalidCursor)
        let twice = self.failure { _ = try read(UserEndpoints.sessions, query: [("limit", "1"), ("limit", "2")]) }
        #expect(twice == .invalid([ValidationError(pointer: "/limit", .repeated)]))
    }

    @Test func `an id in the path that can't exist is not found`() throws {
        let id = "0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f"
        #expect(try read(UserEndpoints.endSession, path: [("id", id)]).parameters.id.description == id)
        #expect(failure { _ = try read(UserEndpoints.endSession, path: [("id", "1")]) } == .notFound)
        #expect(failure { _ = try read(UserEndpoints.endSession) }?.problemCode == .notFound)
    }

    @Test func `a type stricter than its schema is an error of the caller, not of the server`() {
        let endpoint = Endpoint<Nothing, Nothing, Picky, NoContent>(
            .post, "/x", id: "x", tag: "x", summary: "x", authentication: .none)
        #expect(
            failure { _ = try read(endpoint, #"{"even":3}"#) }
                == .invalid([ValidationError(pointer: "/even", .invalid(.plain))]))
    }

    @Test func `answers carry their status and body`() throws {
        typealias Registered = Either<Accepted<VerificationSentResponse>, Created<VerificationSentResponse>>
        let accepted = Registered.first(Accepted(VerificationSentResponse()))
        #expect(accepted.status == 202 && accepted.location == nil)
        #expect(try accepted.encodedBody() == Array(#"{"status":"verification_sent"}"#.utf8))
        let created = Registered.second(Created(VerificationSentResponse(), location: "/api/v1/users/me"))
        #expect(created.status == 201 && created.location == "/api/v1/users/me")
        #expect(NoContent().encodedBody() == nil)
    }
}

private struct Picky: Codable {
    let even: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        even = try container.decode(Int.self, forKey: .even)
        guard even % 2 == 0 else {
            throw DecodingError.dataCorruptedError(forKey: .even, in: container, debugDescription: "odd")
        }
    }
}

import Core
import Testing

@testable import API

struct WireTypeTests {
    private let time = Timestamp(seconds: 1_767_225_600)

    private func user() throws -> User {
        User(
            id: ID(high: 0x0198_c5f0_6b5e_7c3a, low: 0x9d2e_5a1b_3c4d_5e6f),
            email: try EmailAddress(parsing: "ada@b.org"),
            emailVerifiedAt: time, firstName: PersonName(stored: "Ada"), lastName: PersonName(stored: "L"),
            language: .french, createdAt: time, updatedAt: time)
    }

    @Test func `a user has the fields of the contract in their order`() throws {
        #expect(
            String(decoding: try JSONWriter.encode(UserBody(user())), as: UTF8.self)
                == #"{"id":"0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f","email":"ada@b.org","first_name":"Ada","#
                + #""last_name":"L","locale":"fr","time_zone":"UTC","avatar_url":null,"email_verified":true,"#
                + #""mfa_enabled":false,"is_active":true,"is_superuser":false,"#
                + #""created_at":"2026-01-01T00:00:00.000000Z","updated_at":"2026-01-01T00:00:00.000000Z"}"#)
    }

    @Test func `a suspended or leaving user is not active`() throws {
        var user = try user()
        user.suspendedAt = time
        #expect(!UserBody(user).isActive)
        user.suspendedAt = nil
        user.deletedAt = time
        #expect(!UserBody(user).isActive)
    }

    @Test func `a session ends at the earlier of its two limits`() throws {
        let session = Session(
            id: ID(high: 1, low: 2), userID: ID(high: 3, low: 4), deviceName: nil, userAgent: "curl", ip: "::1",
            createdAt: time, lastSeenAt: time, authenticatedAt: time, idleExpiresAt: time + .days(7),
            expiresAt: time + .days(30))
        let body = SessionBody(session, current: session.id)
        #expect(body.expiresAt == time + .days(7))
        #expect(
            String(decoding: try JSONWriter.encode(List([body])), as: UTF8.self)
                == #"{"data":[{"id":"00000000-0000-0001-0000-000000000002","current":true,"device_name":null,"#
                + #""user_agent":"curl","ip":"::1","created_at":"2026-01-01T00:00:00.000000Z","#
                + #""last_seen_at":"2026-01-01T00:00:00.000000Z","expires_at":"2026-01-08T00:00:00.000000Z"}],"#
                + #""next_cursor":null}"#)
    }

    @Test func `a browser's tokens are null in the body`() throws {
        let body = LoginResponse(user: UserBody(try user()), accessToken: nil, refreshToken: nil, expiresIn: 300)
        let tree = try JSONParser.parse(JSONWriter.encode(body))
        #expect(tree.object?.names == ["status", "user", "access_token", "refresh_token", "expires_in"])
        #expect(tree["status"] == "ok" && tree["access_token"] == .null && tree["expires_in"] == 300)
    }

    @Test func `the settings have the fields of the contract`() throws {
        let body = AuthSettingsBody(
            registration: true, emailVerification: .required, methods: [.password], providers: ["google"],
            password: .init(minLength: 12, maxLength: 256))
        #expect(
            String(decoding: try JSONWriter.encode(body), as: UTF8.self)
                == #"{"registration":true,"email_verification":"required","methods":["password"],"#
                + #""providers":["google"],"#
                + #""password":{"min_length":12,"max_length":256}}"#)
    }

    @Test func `every answer that is written decodes by its own schema`() throws {
        let body = UserBody(try user())
        let tree = try JSONParser.parse(JSONWriter.encode(body))
        #expect(try JSONTreeDecoder.decode(UserBody.self, from: tree) == body)
        let schema = try Schema(recording: UserBody.self)
        #expect(schema.validate(tree) == [])
        #expect(schema.properties.map(\.name) == tree.object?.names)
    }
}

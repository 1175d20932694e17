import Core
import HTTPTypes
import Testing

@testable import HTTPServer

extension AuditedChange {
    /// What people change of their own accounts.
    static let users: [AuditedChange] = [
        AuditedChange("updateMe", .own("user.updated")) { try $0.grace(#"{"first_name":"Augusta"}"#) },
        AuditedChange("changePassword", .own("user.password_changed")) {
            try $0.grace(
                #"{"current_password":"\#(TestAPI.password)","new_password":"\#(TestAPI.otherPassword)"}"#)
        },
        AuditedChange("changeEmail", .own("user.email_change_requested")) {
            try $0.grace(#"{"new_email":"other@example.com"}"#)
        },
        AuditedChange("deleteMe", .own("user.deletion_requested")) { try $0.grace() },
        AuditedChange("restoreMe", .own("user.restored")) { scene in
            try await scene.api.beginDeletion(AuditedPerson.grace.email)
            return try scene.grace()
        },
        AuditedChange("endOtherSessions", .own("session.revoked")) { scene in
            _ = try await scene.api.login(AuditedPerson.grace.email)
            return try scene.grace()
        },
        AuditedChange("endSession", .own("session.revoked")) { scene in
            _ = try await scene.api.login(AuditedPerson.grace.email)
            let list = try await scene.api.send(
                .get, "/api/v1/users/me/sessions", headers: TestAPI.bearer(scene.access(of: .grace)))
            let other = try #require(list.data.first { $0["current"] as? Bool == false }?["id"] as? String)
            return try scene.grace(nil, ["id": other])
        },
        AuditedChange("putAvatar", .own("user.updated")) { scene in
            var request = try scene.grace("GIF89a then whatever")
            request.headers[.contentType] = "image/gif"
            return request
        },
        AuditedChange("removeAvatar", .own("user.updated")) { scene in
            try await scene.api.change(AuditedPerson.grace.email) { $0.avatarURL = "https://example.org/a.png" }
            return try scene.grace()
        },
        AuditedChange("createAPIKey", .own("api_key.created")) {
            try $0.grace(#"{"name":"CI","scopes":["users:read"]}"#)
        },
        AuditedChange("removeAPIKey", .own("api_key.removed")) { scene in
            try scene.grace(nil, ["id": try await scene.api.apiKey(as: scene.access(of: .grace)).id])
        },
        AuditedChange("requestExport", .own("data_export.requested")) { try $0.grace() },
        AuditedChange("addPasskey", .own("passkey.added")) { scene in
            let (passkey, challenge) = try await scene.api.makePasskey(as: scene.access(of: .grace))
            return try scene.grace(#"{"credential":\#(passkey.created(challenge))}"#)
        },
        AuditedChange("removePasskey", .own("passkey.removed")) { scene in
            let access = try scene.access(of: .grace)
            _ = try await scene.api.passkey(as: access)
            let list = try await scene.api.send(.get, "/api/v1/users/me/passkeys", headers: TestAPI.bearer(access))
            return try scene.grace(nil, ["id": try #require(list.data.first?["id"] as? String)])
        },
        AuditedChange("confirmTOTP", .own("user.second_factor_enabled")) { scene in
            let app = try await scene.api.startAuthenticator(as: scene.access(of: .grace))
            return try scene.grace(#"{"code":"\#(app.code())"}"#)
        },
        AuditedChange("removeTOTP", .own("user.second_factor_disabled")) { scene in
            _ = try await scene.api.enrol(as: scene.access(of: .grace))
            return try scene.grace()
        },
        AuditedChange("replaceRecoveryCodes", .own("user.recovery_codes_replaced")) { scene in
            _ = try await scene.api.enrol(as: scene.access(of: .grace))
            return try scene.grace()
        },
        AuditedChange("removeIdentity", .own("identity.unlinked")) { scene in
            var browser = TestBrowser(scene.api)
            _ = try await browser.signIn(
                at: scene.provider, as: TestProvider.Person(email: AuditedPerson.grace.email))
            _ = try await browser.post("/auth/login", TestAPI.credentials(AuditedPerson.grace.email))
            let list = try await browser.get("/users/me/identities")
            return try scene.grace(nil, ["id": try #require(list.data.first?["id"] as? String)])
        },
    ]
}

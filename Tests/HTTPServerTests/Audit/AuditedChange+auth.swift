import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

extension AuditedChange {
    /// Registration, sign-in, and what mailed links do.
    static let auth: [AuditedChange] = [
        AuditedChange(
            "register", .own("user.registered", by: .newcomer), .own("session.created", by: .newcomer)
        ) { $0.nobody(TestAPI.registration(AuditedPerson.newcomer.email)) },
        AuditedChange("login", .own("session.created")) {
            $0.nobody(TestAPI.credentials(AuditedPerson.grace.email))
        },
        AuditedChange("verifyMFA", .own("session.created")) { scene in
            let app = try await scene.api.enrol(as: scene.access(of: .grace)).app
            let token = try await scene.api.challenge(AuditedPerson.grace.email)
            return scene.nobody(#"{"mfa_token":"\#(token)","code":"\#(app.code())"}"#)
        },
        AuditedChange("verifyMFA", .own("user.recovery_code_used"), .own("session.created")) { scene in
            let codes = try await scene.api.enrol(as: scene.access(of: .grace)).recoveryCodes
            let token = try await scene.api.challenge(AuditedPerson.grace.email)
            let code = try #require(codes.first)
            return scene.nobody(#"{"mfa_token":"\#(token)","recovery_code":"\#(code)"}"#)
        },
        AuditedChange("reauthenticate", .own("session.reauthenticated")) {
            try $0.grace(#"{"password":"\#(TestAPI.password)"}"#)
        },
        AuditedChange("logout", .own("session.revoked")) { try $0.grace() },
        AuditedChange("finishPasskeySignIn", .own("session.created")) { scene in
            let passkey = try await scene.api.passkey(as: scene.access(of: .grace))
            let credential = try passkey.used(try await scene.api.passkeyChallenge())
            return scene.nobody(#"{"credential":\#(credential)}"#)
        },
        AuditedChange(
            "finishProvider", .mailed("user.registered", to: .newcomer), .own("identity.linked", by: .newcomer),
            .own("session.created", by: .newcomer)
        ) { scene in
            var browser = TestBrowser(scene.api)
            let person = TestProvider.Person(email: AuditedPerson.newcomer.email)
            let back = try await scene.provider.approve(
                try await browser.goToProvider(), as: person, at: scene.api.time.now)
            let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            return AuditedRequest(headers: [.cookie: cookies], path: back.replacing(TestAPI.origin, with: ""))
        },
        AuditedChange("resendVerification", .mailed("user.verification_requested", to: .newcomer)) { scene in
            _ = try await scene.api.register(AuditedPerson.newcomer.email)
            scene.api.pass(seconds: 61)
            return scene.nobody(#"{"email":"\#(AuditedPerson.newcomer.email)"}"#)
        },
        AuditedChange("verifyEmail", .mailed("user.email_verified", to: .newcomer)) { scene in
            let email = AuditedPerson.newcomer.email
            _ = try await scene.api.register(email)
            scene.api.pass(seconds: 61)
            _ = try await scene.api.post("/auth/email/resend", #"{"email":"\#(email)"}"#)
            return scene.nobody(TestAPI.proof(try await scene.api.token(in: "verify_email", to: email)))
        },
        AuditedChange("forgotPassword", .mailed("user.password_reset_requested")) {
            $0.nobody(#"{"email":"\#(AuditedPerson.grace.email)"}"#)
        },
        AuditedChange("resetPassword", .mailed("user.password_reset")) { scene in
            let token = try await scene.api.resetToken(AuditedPerson.grace.email)
            return scene.nobody(#"{"token":"\#(token)","password":"\#(TestAPI.otherPassword)"}"#)
        },
        AuditedChange("requestMagicLink", .mailed("user.sign_in_link_requested")) {
            $0.nobody(#"{"email":"\#(AuditedPerson.grace.email)"}"#)
        },
        AuditedChange("verifyMagicLink", .own("session.created")) {
            $0.nobody(TestAPI.proof(try await $0.api.magicToken(AuditedPerson.grace.email)))
        },
        AuditedChange("confirmEmailChange", .mailed("user.email_changed")) { scene in
            let token = try await scene.api.changeToken(to: "other@example.com", as: scene.access(of: .grace))
            return scene.nobody(TestAPI.proof(token))
        },
        AuditedChange("undoEmailChange", .mailed("user.email_change_undone")) { scene in
            try await scene.api.changeEmail(to: "other@example.com", as: scene.access(of: .grace))
            let token = try await scene.api.token(in: "email_changed", to: AuditedPerson.grace.email)
            return scene.nobody(TestAPI.proof(token))
        },
    ]
}

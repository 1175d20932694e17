import Core
import Fakes
import Foundation
import Persistence
import Testing

@testable import Auth

struct ExportSectionTests {
    private func rows(of user: User, in fixture: AccountsFixture) async throws -> [String: [[String: Any]]] {
        var found: [String: [[String: Any]]] = [:]
        for section in ExportSection.all(of: user, in: fixture.store) {
            found[section.name] = try await section.read(nil).rows.map {
                try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] ?? [:]
            }
        }
        return found
    }

    @Test func `each way to sign in is told without its secret`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let (store, now) = (fixture.store, fixture.time.now)
        func id<Entity>() -> ID<Entity> { .make(at: now, randomness: .system) }
        let secret = [UInt8](repeating: 0xEE, count: 32)
        _ = try await store.secondFactors.setAuthenticator(of: user.id, sealedSecret: secret, at: now)
        try await store.secondFactors.replaceRecoveryCodes(of: user.id, with: [secret], at: now)
        try await store.apiKeys.insert(
            APIKey(
                id: id(), userID: user.id, name: "CI", prefix: "plk_x", scopes: Scopes([.usersRead]), createdAt: now),
            hash: secret)
        _ = try await store.identities.insert(
            LinkedIdentity(
                id: id(), userID: user.id, provider: "google", issuer: "https://i.example", subject: "s-1",
                email: "a@b.example", createdAt: now, lastUsedAt: now))
        _ = try await store.passkeys.insert(
            Passkey(
                id: id(), userID: user.id, name: "Phone", credentialID: [1, 2, 3], publicKey: [4, 5], signCount: 7,
                isBackupEligible: true, isBackedUp: false, transports: ["usb"],
                aaguid: [UInt8](repeating: 9, count: 16),
                createdAt: now))
        let found = try await rows(of: user, in: fixture)
        #expect(found["second_factor"]?.first?["recovery_codes_left"] as? Int == 1)
        #expect(found["api_keys"]?.first?["scopes"] as? [String] == ["users:read"])
        #expect(found["identities"]?.first?["subject"] as? String == "s-1")
        #expect(found["passkeys"]?.first?["credential_id"] as? String == "AQID")
        #expect(found["passkeys"]?.first?["sign_count"] as? Int == 7)
        let text = "\(found)"
        #expect(!text.contains(HexDigits.encode(secret)) && !text.contains(Base64URL.encode(secret)))
    }

    @Test func `what was told to the person, and what is said of mails to them, is there`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        _ = try await fixture.signIn()
        _ = try await fixture.signIn()
        try await fixture.accounts.requestPasswordReset(for: AccountsFixture.email(), origin: .none)
        _ = try await fixture.store.mailSuppressions.record(
            MailSuppression(
                emailKey: user.email.key, reason: .bounce, detail: "550", occurredAt: fixture.time.now))
        try await fixture.store.notifications.choose([.mail], for: .newSignIn, of: user.id)
        let found = try await rows(of: user, in: fixture)
        #expect(found["notifications"]?.first?["kind"] as? String == "new_sign_in")
        #expect(found["mailed_links"]?.first?["purpose"] as? String == "reset_password")
        #expect(found["mail_suppressions"]?.first?["detail"] as? String == "550")
        #expect(found["notification_choices"]?.first?["channels"] as? [String] == ["mail"])
        #expect(found["sessions"]?.count == 2)
    }

    @Test func `where an administrator worked from is not told`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let admin: ID<User> = .make(at: fixture.time.now, randomness: .system)
        let event = AuditEvent(
            id: .make(at: fixture.time.now, randomness: .system), action: "user.suspended", actorID: admin,
            userID: user.id, targetType: "user", targetID: nil, origin: AccountsFixture.origin,
            createdAt: fixture.time.now + .seconds(1))
        try await fixture.store.auditLog.record(event)
        let row = try #require(try await rows(of: user, in: fixture)["audit_log"]?.first)
        #expect(row["action"] as? String == "user.suspended")
        #expect(row["ip"] == nil && row["user_agent"] == nil)
        #expect(row["request_id"] as? String == "r1")
    }
}

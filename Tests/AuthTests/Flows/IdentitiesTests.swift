import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct IdentitiesTests {
    @Test func `one that is unlinked signs in no more`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let pending = try await there.come().pendingLink()
        let own = try await there.fixture.principal(
            there.fixture.accounts.signIn(
                user.email, password: AccountsFixture.password, on: SignInDevice(pendingLink: pending),
                origin: .none
            ).signedIn())
        let identity = try #require(try await there.fixture.accounts.listIdentities(of: own).first)
        try await there.fixture.accounts.removeIdentity(identity.id, of: own, origin: AccountsFixture.origin)
        #expect(try await there.fixture.accounts.listIdentities(of: own).isEmpty)
        _ = try await there.come().pendingLink()
        let rows = try await there.fixture.audit(of: user.id).filter { $0.action == "identity.unlinked" }
        #expect(rows.map(\.targetID) == [identity.id.description])
        #expect(rows.map(\.actorID) == [user.id])
        #expect(try await there.fixture.mails().count { $0.kind == .identityUnlinked } == 1)
        #expect(try await there.fixture.notices(of: user.id).count { $0 == .identityUnlinked } == 1)
        await #expect(throws: AuthError.notFound) {
            try await there.fixture.accounts.removeIdentity(identity.id, of: own, origin: .none)
        }
    }

    @Test(arguments: [
        (false, false, false, false), (true, false, false, true), (false, true, false, true),
        (false, false, true, true),
    ])
    func `the last thing to sign in with stays`(
        hasPassword: Bool, hasPasskey: Bool, hasOther: Bool, mayGo: Bool
    ) async throws {
        let there = try await OpenIDSignInFixture()
        let own = try await there.fixture.principal(there.come().signedIn())
        let identity = try #require(try await there.identities(of: own.user).first)
        if hasPassword {
            try await there.fixture.accounts.changePassword(
                of: own, from: nil, to: AccountsFixture.password, origin: .none)
        }
        if hasPasskey { _ = try await there.fixture.addPasskey(to: own) }
        if hasOther { try await there.fixture.addIdentity(to: own.user.id, subject: "other") }
        if mayGo {
            try await there.fixture.accounts.removeIdentity(identity.id, of: own, origin: .none)
        } else {
            await #expect(throws: AuthError.lastCredential) {
                try await there.fixture.accounts.removeIdentity(identity.id, of: own, origin: .none)
            }
            #expect(try await there.come().signedIn().user.id == own.user.id)
        }
        #expect(try await there.fixture.actions(of: own.user.id).contains("identity.unlinked") == mayGo)
        #expect(try await there.fixture.mails().contains { $0.kind == .identityUnlinked } == mayGo)
    }

    @Test func `unlinking takes a fresh session of the person's own`() async throws {
        let there = try await OpenIDSignInFixture()
        let own = try await there.fixture.principal(there.come().signedIn())
        try await there.fixture.addIdentity(to: own.user.id, subject: "other")
        let identity = try #require(try await there.identities(of: own.user).first)
        try await there.fixture.addUser("eve@example.com")
        let eve = try await there.fixture.signedInPrincipal("eve@example.com")
        await #expect(throws: AuthError.notFound) {
            try await there.fixture.accounts.removeIdentity(identity.id, of: eve, origin: .none)
        }
        #expect(try await there.fixture.accounts.listIdentities(of: eve).isEmpty)
        there.fixture.time.advance(by: .minutes(15))
        await #expect(throws: AuthError.reauthenticationRequired) {
            try await there.fixture.accounts.removeIdentity(identity.id, of: own, origin: .none)
        }
        #expect(try await there.identities(of: own.user).count == 2)
    }

    @Test func `of two that are all there is, unlinked at once, one stays`() async throws {
        let there = try await OpenIDSignInFixture()
        let own = try await there.fixture.principal(there.come().signedIn())
        try await there.fixture.addIdentity(to: own.user.id, subject: "other")
        let identities = try await there.identities(of: own.user)
        let results = await race(2) {
            try await there.fixture.accounts.removeIdentity(identities[$0].id, of: own, origin: .none)
        }
        #expect(results.successes().count == 1)
        #expect(results.failures(.lastCredential) == 1)
        #expect(try await there.identities(of: own.user).count == 1)
    }

    @Test func `an account on its way to deletion lists and unlinks none`() async throws {
        let there = try await OpenIDSignInFixture()
        let own = try await there.fixture.principal(there.come().signedIn())
        let identity = try #require(try await there.identities(of: own.user).first)
        try await there.fixture.change(own.user.id) {
            $0.deletedAt = there.fixture.time.now
            $0.purgeAt = there.fixture.time.now + .days(14)
        }
        let leaving = try await there.fixture.refreshed(own)
        await #expect(throws: AuthError.accountPendingDeletion) {
            try await there.fixture.accounts.listIdentities(of: leaving)
        }
        await #expect(throws: AuthError.accountPendingDeletion) {
            try await there.fixture.accounts.removeIdentity(identity.id, of: leaving, origin: .none)
        }
    }
}

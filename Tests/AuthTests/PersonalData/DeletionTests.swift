import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct DeletionTests {
    @Test func `asking for it ends the other sessions and links, and leaves fourteen days to come back`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let (own, other) = (try await fixture.signedInPrincipal(), try await fixture.signedInPrincipal())
        try await fixture.accounts.requestPasswordReset(for: AccountsFixture.email(), origin: .none)
        let purgeAt = try await fixture.accounts.requestDeletion(of: own, origin: AccountsFixture.origin)
        #expect(purgeAt == fixture.time.now + .days(14))
        let stored = try #require(try await fixture.store.users.find(user.id))
        #expect(stored.deletedAt == fixture.time.now && stored.purgeAt == purgeAt && !stored.isActive)
        #expect(try await fixture.isLive(own))
        #expect(try await !fixture.isLive(other))
        #expect(try await fixture.store.oneTimeTokens.list(of: user.id).isEmpty)
        let event = try #require(try await fixture.audit(of: user.id).first { $0.action == "user.deletion_requested" })
        #expect(event.actorID == user.id && event.changes == ["purge_at": purgeAt.description])
        let mail = try #require(try await fixture.mails().first { $0.kind == .deletionRequested })
        #expect(mail.to == "ada@example.com" && mail.values == ["date": String(purgeAt.description.prefix(10))])
        #expect(mail.path == "/settings/account")
    }

    @Test func `it takes a session in which a credential was given a moment ago`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        fixture.time.advance(by: .minutes(15))
        await #expect(throws: AuthError.reauthenticationRequired) {
            try await fixture.accounts.requestDeletion(of: own, origin: .none)
        }
        let key = APIKey(
            id: .make(at: fixture.time.now, randomness: .system), userID: user.id, name: "CI", prefix: "plk_",
            scopes: Scopes([.usersWrite]), createdAt: fixture.time.now)
        await #expect(throws: AuthError.sessionRequired) {
            try await fixture.accounts.requestDeletion(
                of: Principal(user: user, credential: .apiKey(key)), origin: .none)
        }
        #expect(try await fixture.store.users.find(user.id)?.deletedAt == nil)
    }

    @Test func `what changed meanwhile is not deleted`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        await #expect(throws: AuthError.preconditionFailed) {
            try await fixture.accounts.requestDeletion(of: own, origin: .none) { $0.firstName.text == "Augusta" }
        }
        #expect(try await fixture.store.users.find(user.id)?.deletedAt == nil)
    }

    @Test func `asked for many times at once it is written down once`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        let outcomes = await race(30) { _ in try await fixture.accounts.requestDeletion(of: own, origin: .none) }
        #expect(outcomes.successes() == Array(repeating: fixture.time.now + .days(14), count: 30))
        #expect(try await fixture.actions(of: user.id).count { $0 == "user.deletion_requested" } == 1)
        #expect(try await fixture.mails().count { $0.kind == .deletionRequested } == 1)
    }

    @Test func `until then a sign-in brings it back, once`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        _ = try await fixture.accounts.requestDeletion(of: fixture.signedInPrincipal(), origin: .none)
        fixture.time.advance(by: .days(14) - .seconds(1))
        let back = try await fixture.signedInPrincipal()
        #expect(back.isPendingDeletion)
        let restored = try await fixture.accounts.restore(back, origin: .none)
        #expect(restored.isActive && restored.purgeAt == nil)
        #expect(try await fixture.accounts.restore(back, origin: .none) == restored)
        #expect(try await fixture.actions(of: user.id).count { $0 == "user.restored" } == 1)
        #expect(try await fixture.mails().count { $0.kind == .accountRestored } == 1)
        fixture.time.advance(by: .days(30))
        #expect(try await fixture.accounts.purgeDue() == 0)
        _ = try await fixture.signIn()
    }

    @Test func `teams are told by nobody that a member was erased, and who owns them now`() async throws {
        let fixture = try await AccountsFixture()
        let (ada, grace) = (try await fixture.addUser(), try await fixture.addUser("grace@example.com"))
        let now = fixture.time.now
        let team = Team(
            id: .make(at: now, randomness: .system), name: TeamName(stored: "Engines"),
            slug: TeamSlug(stored: "engines"), ownerID: ada.id, createdAt: now, updatedAt: now)
        try await fixture.store.teams.insert(team)
        for user in [ada, grace] {
            try await fixture.store.teamMembers.insert(
                TeamMember(teamID: team.id, userID: user.id, role: .owner, joinedAt: now))
        }
        _ = try await fixture.accounts.requestDeletion(of: fixture.signedInPrincipal(), origin: AccountsFixture.origin)
        fixture.time.advance(by: .days(14))
        #expect(try await fixture.accounts.purgeDue() == 1)
        #expect(try await fixture.store.teams.find(team.id, by: ada.id)?.team.ownerID == grace.id)
        #expect(try await fixture.store.teamMembers.find(ada.id, in: team.id) == nil)
        let log = try await fixture.store.auditLog.list(.team(team.id), matching: .none, page: PageRequest()).items
        let rows = Dictionary(log.map { ($0.action, $0) }) { first, _ in first }
        #expect(log.count == 2 && Set(rows.keys) == ["team.ownership_transferred", "member.removed"])
        #expect(log.allSatisfy { $0.actorID == nil && $0.impersonatorID == nil && $0.origin == .none })
        let transfer = try #require(rows["team.ownership_transferred"])
        #expect(transfer.userID == grace.id && transfer.targetID == team.id.description)
        #expect(transfer.changes == ["from": ada.id.description, "to": grace.id.description])
        let removal = try #require(rows["member.removed"])
        #expect(removal.userID == ada.id && removal.targetID == ada.id.description)
        #expect(removal.changes == ["role": "owner", "reason": "account_purged"])
    }

    @Test func `later nothing brings it back`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        _ = try await fixture.accounts.requestDeletion(of: fixture.signedInPrincipal(), origin: .none)
        fixture.time.advance(by: .days(13))
        let back = try await fixture.signedInPrincipal()
        fixture.time.advance(by: .days(1))
        await #expect(throws: AuthError.unauthenticated) { try await fixture.accounts.restore(back, origin: .none) }
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn() }
    }

    @Test func `a purge and a return at the same moment end as one of the two`() async throws {
        for _ in 0..<20 {
            let fixture = try await AccountsFixture()
            let user = try await fixture.addUser()
            _ = try await fixture.accounts.requestDeletion(of: fixture.signedInPrincipal(), origin: .none)
            fixture.time.advance(by: .days(14) - .microseconds(1))
            let back = try await fixture.signedInPrincipal()
            async let restored = try? fixture.accounts.restore(back, origin: .none)
            fixture.time.advance(by: .microseconds(1))
            async let purged = try? fixture.accounts.purgeDue()
            let (account, count) = await (restored, purged)
            let stored = try #require(try await fixture.store.users.find(user.id))
            #expect((account != nil) == stored.isActive)
            #expect((count == 1) == (stored.email.text.hasSuffix("@purged.invalid")))
            #expect(account != nil || count == 1)
        }
    }

    @Test func `a purge leaves no way in, frees the address and asks for picture and archives to be removed`()
        async throws
    {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        try await fixture.change(user.id) { $0.avatarURL = "https://app.example.com/avatars/\(user.id)/0a1b" }
        let key = try #require(ObjectKey("exports/a.tar"))
        try await fixture.store.dataExports.insert(
            DataExport(
                id: .make(at: fixture.time.now, randomness: .system), userID: user.id, createdAt: fixture.time.now,
                archive: .init(key: key, size: 1, readyAt: fixture.time.now, expiresAt: fixture.time.now + .days(7))))
        let fresh = try await fixture.signedInPrincipal()
        _ = try await fixture.accounts.requestDeletion(of: fresh, origin: AccountsFixture.origin)
        fixture.time.advance(by: .days(14))
        #expect(try await fixture.accounts.purgeDue() == 1)
        #expect(try await fixture.accounts.purgeDue() == 0)
        for principal in [own, fresh] {
            let session = try principal.requireSession()
            await #expect(throws: AuthError.unauthenticated) {
                try await fixture.accounts.authenticate(
                    AccessClaims(
                        userID: user.id, sessionID: session.id, issuedAt: fixture.time.now,
                        expiresAt: fixture.time.now + .minutes(5)))
            }
        }
        let removals = try await fixture.store.jobs.list(name: ObjectRemoval.jobName, page: PageRequest()).items
        let keys = try removals.map { try $0.decoded() as ObjectRemoval }.map(\.key)
        #expect(Set(keys) == ["exports/a.tar", "avatars/\(user.id)/0a1b"])
        let log = try await fixture.audit(of: user.id)
        #expect(log.map(\.action).contains("user.purged") && log.map(\.action).contains("session.created"))
        #expect(log.allSatisfy { $0.origin.ip == nil && $0.origin.userAgent == nil && $0.personal.isEmpty })
        try await fixture.addUser()
        _ = try await fixture.signIn()
    }
}

import Core
import DatabaseSupport
import Persistence
import PostgresClient
import Testing

@testable import PersistencePostgreSQL

/// Every statement of every repository finds its rows through an index, whatever the scope.
struct QueryPlanTests {
    /// Tables of a handful of rows, which are read whole.
    private static let smallTables = ["signing_keys", "master_keys", "feature_flag"]

    private static let newSeal = NewAuditSeal(
        seal: AuditSeal(
            chain: .system, sequence: 1, eventID: ID(high: 1, low: 1), eventCreatedAt: TestDatabase.migratedAt,
            eventHash: [], parts: AuditParts(both: .none), hash: []),
        salts: AuditParts(both: [1]))

    static let ofEveryone = ofPeople + ofTeams + ofWebhooks

    private static let ofPeople: [Call] = {
        let (user, session) = (ID<User>(high: 1, low: 1), ID<Session>(high: 1, low: 2))
        let time = TestDatabase.migratedAt
        let page = PageRequest(limit: 20, after: Cursor(time: time, id: session))
        let person = User(
            id: user, email: EmailAddress(storedText: "a@b.org", key: "a@b.org"), firstName: PersonName(stored: "A"),
            lastName: PersonName(stored: "B"), createdAt: time, updatedAt: time)
        let key = IdempotencyKey(principal: "user:\(user)", method: "POST", path: "/", key: "k")
        return [
            Call("users.find") { _ = try await $0.users.find(user) },
            Call("users.find(emailKey:)") { _ = try await $0.users.find(emailKey: "a@b.org") },
            Call("users.findForSignIn") { _ = try await $0.users.findForSignIn(emailKey: "a@b.org") },
            Call("users.update") { _ = try await $0.users.update(person) },
            Call("users.replacePasswordHash") {
                _ = try await $0.users.replacePasswordHash(of: user, expected: nil, with: "x")
            },
            Call("users.markEmailVerified") {
                _ = try await $0.users.markEmailVerified(user, emailKey: "a@b.org", at: time)
            },
            Call("sessions.authenticate") { _ = try await $0.sessions.authenticate(session) },
            Call("sessions.rotate") {
                _ = try await $0.sessions.rotate(
                    session, presented: [1], successor: [2], sealedSuccessor: [3], at: time, idleExpiresAt: time)
            },
            Call("sessions.refreshState") { _ = try await $0.sessions.refreshState(of: session) },
            Call("sessions.eraseSealedSuccessors") {
                _ = try await $0.sessions.eraseSealedSuccessors(rotatedBefore: time)
            },
            Call("sessions.list") { _ = try await $0.sessions.list(of: user, liveAt: time, page: PageRequest()) },
            Call("sessions.list, next page") { _ = try await $0.sessions.list(of: user, liveAt: time, page: page) },
            Call("sessions.touch") { try await $0.sessions.touch(session, at: time, interval: .minutes(5)) },
            Call("sessions.revoke") {
                _ = try await $0.sessions.revoke(session, of: user, reason: .signedOut, at: time)
            },
            Call("sessions.revokeAll") {
                _ = try await $0.sessions.revokeAll(of: user, except: session, reason: .signedOut, at: time)
            },
            Call("sessions.renewAuthentication") {
                _ = try await $0.sessions.renewAuthentication(session, of: user, at: time)
            },
            Call("users.setPasswordHash") { try await $0.users.setPasswordHash(of: user, to: "h") },
            Call("users.findLocked") { _ = try await $0.users.findLocked(user) },
            Call("apiKeys.authenticate") { _ = try await $0.apiKeys.authenticate(session.cast()) },
            Call("apiKeys.list") { _ = try await $0.apiKeys.list(of: user, page: PageRequest()) },
            Call("apiKeys.list, next page") { _ = try await $0.apiKeys.list(of: user, page: page) },
            Call("apiKeys.count") { _ = try await $0.apiKeys.count(of: user) },
            Call("apiKeys.touch") { try await $0.apiKeys.touch(session.cast(), at: time, interval: .minutes(5)) },
            Call("apiKeys.remove") { _ = try await $0.apiKeys.remove(session.cast(), of: user) },
            Call("apiKeys.removeAll") { _ = try await $0.apiKeys.removeAll(of: user) },
            Call("identities.find") { _ = try await $0.identities.find(issuer: "i", subject: "s") },
            Call("identities.list") { _ = try await $0.identities.list(of: user) },
            Call("identities.touch") { try await $0.identities.touch(session.cast(), email: nil, at: time) },
            Call("identities.remove") { _ = try await $0.identities.remove(session.cast(), of: user) },
            Call("identities.removeAll") { _ = try await $0.identities.removeAll(of: user) },
            Call("passkeys.find") { _ = try await $0.passkeys.find(credentialID: [1]) },
            Call("passkeys.list") { _ = try await $0.passkeys.list(of: user) },
            Call("passkeys.use") {
                _ = try await $0.passkeys.use(session.cast(), signCount: 1, isBackedUp: true, at: time)
            },
            Call("passkeys.remove") { _ = try await $0.passkeys.remove(session.cast(), of: user) },
            Call("passkeys.removeAll") { _ = try await $0.passkeys.removeAll(of: user) },
            Call("secondFactors.authenticator") { _ = try await $0.secondFactors.authenticator(of: user) },
            Call("secondFactors.confirmAuthenticator") {
                _ = try await $0.secondFactors.confirmAuthenticator(of: user, sealedSecret: [1], step: 1, at: time)
            },
            Call("secondFactors.useCode") { _ = try await $0.secondFactors.useCode(of: user, step: 1) },
            Call("secondFactors.removeAuthenticator") {
                _ = try await $0.secondFactors.removeAuthenticator(of: user)
            },
            Call("secondFactors.useRecoveryCode") {
                _ = try await $0.secondFactors.useRecoveryCode(of: user, hash: [1])
            },
            Call("secondFactors.recoveryCodeCount") { _ = try await $0.secondFactors.recoveryCodeCount(of: user) },
            Call("oneTimeTokens.find") { _ = try await $0.oneTimeTokens.find(hash: [1], purpose: .verifyEmail) },
            Call("oneTimeTokens.consume") {
                _ = try await $0.oneTimeTokens.consume(hash: [1], purpose: .verifyEmail)
            },
            Call("oneTimeTokens.removeAll") {
                try await $0.oneTimeTokens.removeAll(of: user, purposes: [.verifyEmail, .magicLink])
            },
            Call("oneTimeTokens.removeExpired") { _ = try await $0.oneTimeTokens.removeExpired(before: time) },
            Call("notifications.list") { _ = try await $0.notifications.list(of: user, page: PageRequest()) },
            Call("notifications.list, next page") { _ = try await $0.notifications.list(of: user, page: page) },
            Call("notifications.list(after:)") {
                _ = try await $0.notifications.list(of: user, after: session.cast(), limit: 9)
            },
            Call("notifications.unreadCount") { _ = try await $0.notifications.unreadCount(of: user) },
            Call("notifications.markRead") {
                _ = try await $0.notifications.markRead(session.cast(), of: user, at: time)
            },
            Call("notifications.markAllRead") { _ = try await $0.notifications.markAllRead(of: user, at: time) },
            Call("notifications.choices") { _ = try await $0.notifications.choices(of: user) },
            Call("sessions.list, ended ones too") {
                _ = try await $0.sessions.list(of: user, page: PageRequest())
            },
            Call("oneTimeTokens.list") { _ = try await $0.oneTimeTokens.list(of: user) },
            Call("dataExports.find") { _ = try await $0.dataExports.find(session.cast(), of: user) },
            Call("dataExports.list") { _ = try await $0.dataExports.list(of: user, page: PageRequest()) },
            Call("dataExports.list, next page") { _ = try await $0.dataExports.list(of: user, page: page) },
            Call("auditLog.list") { _ = try await $0.auditLog.list(ofUser: user, page: PageRequest()) },
            Call("auditLog.list, next page") { _ = try await $0.auditLog.list(ofUser: user, page: page) },
            Call("auditLog.list, of a person by an actor") {
                _ = try await $0.auditLog.list(.person(user), matching: AuditFilter(actor: user), page: page)
            },
            Call("auditLog.list, of a person by action") {
                let filter = AuditFilter(action: "a.b", from: time - .days(1), to: time + .days(1))
                _ = try await $0.auditLog.list(.person(user), matching: filter, page: PageRequest())
            },
            Call("auditLog.list, of a team") {
                _ = try await $0.auditLog.list(.team(user.cast()), matching: .none, page: PageRequest())
            },
            Call("auditLog.list, of a team by everything") {
                let filter = AuditFilter(actor: user, action: "a.b", from: time - .days(1), to: time + .days(1))
                _ = try await $0.auditLog.list(.team(user.cast()), matching: filter, page: page)
            },
            Call("auditLog.list, of all") {
                _ = try await $0.auditLog.list(.everything, matching: .none, page: page)
            },
            Call("auditLog.list, of all in a time") {
                let filter = AuditFilter(from: time - .days(1), to: time + .days(1))
                _ = try await $0.auditLog.list(.everything, matching: filter, page: PageRequest())
            },
            Call("auditLog.list, of all by an actor") {
                _ = try await $0.auditLog.list(.everything, matching: AuditFilter(actor: user), page: PageRequest())
            },
            Call("auditLog.list, of all by action") {
                _ = try await $0.auditLog.list(.everything, matching: AuditFilter(action: "a.b"), page: PageRequest())
            },
            Call("auditLog.list, of all by everything") {
                let filter = AuditFilter(actor: user, action: "a.b", from: time - .days(1), to: time + .days(1))
                _ = try await $0.auditLog.list(.everything, matching: filter, page: page)
            },
            Call("idempotency.claim") { _ = try await $0.idempotency.claim(key, requestHash: [1], at: time) },
            Call("idempotency.complete") {
                try await $0.idempotency.complete(key, status: 200, sealedResponse: [1], expiresAt: time)
            },
        ]
    }()

    static let ofTheSystem: [Call] = {
        let time = TestDatabase.migratedAt
        let page = PageRequest(limit: 20, after: Cursor(time: time, id: ID<Job>(high: 1, low: 2)))
        let key = SealedSigningKey(
            keyID: "k", sealedPrivateKey: [1], createdAt: time, activeFrom: time, retiresAt: time)
        let (team, endpoint) = (ID<Team>(high: 1, low: 9), ID<WebhookEndpoint>(high: 1, low: 10))
        let secrets = WebhookSecretRow(
            teamID: team, endpointID: endpoint, secrets: SealedWebhookSecrets(current: [1]))
        return [
            Call("users.overview") { _ = try await $0.users.overview(of: ID(high: 1, low: 1), at: time) },
            Call("users.list") { _ = try await $0.users.list(matching: UserFilter(), at: time, page: page) },
            Call("users.list, active") {
                _ = try await $0.users.list(matching: UserFilter(status: .active), at: time, page: page)
            },
            Call("users.list, suspended") {
                _ = try await $0.users.list(matching: UserFilter(status: .suspended), at: time, page: page)
            },
            Call("users.list, leaving") {
                _ = try await $0.users.list(matching: UserFilter(status: .pendingDeletion), at: time, page: page)
            },
            Call("users.list, by address") {
                _ = try await $0.users.list(
                    matching: UserFilter(email: EmailPrefix("a")), at: time, page: PageRequest())
            },
            Call("users.list, by address, next page") {
                _ = try await $0.users.list(
                    matching: UserFilter(email: EmailPrefix("a"), status: .suspended), at: time, page: page)
            },
            Call("statistics.counts") { _ = try await $0.statistics.counts(at: time) },
            Call("users.listDueForPurge") { _ = try await $0.users.listDueForPurge(at: time, limit: 9) },
            Call("teams.count") { _ = try await $0.teams.count(ownedBy: ID(high: 1, low: 1)) },
            Call("teams.list, all, next page") {
                _ = try await $0.teams.list(matching: .everything, page: page)
            },
            Call("teams.list, by id") {
                _ = try await $0.teams.list(matching: .id(team), page: PageRequest())
            },
            Call("teams.list, by name and slug") {
                let prefix = try #require(TeamPrefix("a"))
                _ = try await $0.teams.list(matching: .prefix(prefix), page: PageRequest())
            },
            Call("teams.list, by name and slug, next page") {
                let prefix = try #require(TeamPrefix("a"))
                _ = try await $0.teams.list(matching: .prefix(prefix), page: page)
            },
            Call("flags.revision") { _ = try await $0.flags.revision() },
            Call("flags.all") { _ = try await $0.flags.all() },
            Call("flags.find") { _ = try await $0.flags.find(FlagKey(stored: "a")) },
            Call("flags.findLocked") { _ = try await $0.flags.findLocked(FlagKey(stored: "a")) },
            Call("flags.save") {
                _ = try await $0.flags.save(FeatureFlag(key: FlagKey(stored: "a"), createdAt: time, updatedAt: time))
            },
            Call("flags.remove") { _ = try await $0.flags.remove(FlagKey(stored: "a")) },
            Call("teams.listOwnedAlone") { _ = try await $0.teams.listOwnedAlone(by: ID(high: 1, low: 1)) },
            Call("invitations.listOpen") {
                _ = try await $0.invitations.listOpen(to: "a@b.org", at: time, limit: 9)
            },
            Call("teamDomains.find(mailHash:)") { _ = try await $0.teamDomains.find(mailHash: [1]) },
            Call("teamDomains.findJoinable") {
                _ = try await $0.teamDomains.findJoinable("b.org", by: ID(high: 1, low: 1))
            },
            Call("teamDomains.listToCheck") {
                _ = try await $0.teamDomains.listToCheck(checkedBefore: time, limit: 9)
            },
            Call("teamDomains.setChecked") {
                try await $0.teamDomains.setChecked(
                    ID(high: 1, low: 1), in: ID(high: 1, low: 2), at: time, missingSince: nil)
            },
            Call("teamDomains.unverify") {
                _ = try await $0.teamDomains.unverify(ID(high: 1, low: 1), in: ID(high: 1, low: 2), expiresAt: time)
            },
            Call("teamDomains.remove(expiredBefore:)") { _ = try await $0.teamDomains.remove(expiredBefore: time) },
            Call("invitations.remove") { _ = try await $0.invitations.remove(expiredBefore: time) },
            Call("users.purge") { _ = try await $0.users.purge(ID(high: 1, low: 1), at: time) },
            Call("teamMembers.removeAll") {
                _ = try await $0.teamMembers.removeAll(of: ID(high: 1, low: 1), at: time)
            },
            Call("sessions.remove") { _ = try await $0.sessions.remove(expiredBefore: time) },
            Call("auditSeals.takeWaiting") { _ = try await $0.auditSeals.takeWaiting(limit: 9) },
            Call("auditSeals.append") { try await $0.auditSeals.append([Self.newSeal]) },
            Call("auditSeals.entries") { _ = try await $0.auditSeals.entries(of: nil, after: nil, limit: 9) },
            Call("auditSeals.entries, next page") {
                _ = try await $0.auditSeals.entries(of: nil, after: Self.newSeal.seal.position, limit: 9)
            },
            Call("auditSeals.entries of a chain") {
                _ = try await $0.auditSeals.entries(of: .system, after: Self.newSeal.seal.position, limit: 9)
            },
            Call("auditSeals.heads") { _ = try await $0.auditSeals.heads(of: nil, after: nil, limit: 9) },
            Call("auditSeals.heads of a chain") {
                _ = try await $0.auditSeals.heads(of: .system, after: nil, limit: 9)
            },
            Call("auditSeals.whereabouts") {
                _ = try await $0.auditSeals.whereabouts(of: nil, after: page.after, limit: 9)
            },
            Call("auditSeals.whereabouts in a person's chain") {
                _ = try await $0.auditSeals.whereabouts(of: .user(ID(high: 1, low: 1)), after: nil, limit: 9)
            },
            Call("auditSeals.whereabouts in a team's chain") {
                _ = try await $0.auditSeals.whereabouts(of: .team(ID(high: 1, low: 1)), after: nil, limit: 9)
            },
            Call("auditSeals.whereabouts in the system's chain") {
                _ = try await $0.auditSeals.whereabouts(of: .system, after: nil, limit: 9)
            },
            Call("auditSeals.waiting") { _ = try await $0.auditSeals.waiting(after: nil, limit: 9) },
            Call("auditSeals.hashes") { _ = try await $0.auditSeals.hashes(at: [Self.newSeal.seal.position]) },
            Call("auditLog.erase") { try await $0.auditLog.erase(ID(high: 1, low: 1)) },
            Call("dataExports.complete") {
                let key = try #require(ObjectKey("a"))
                _ = try await $0.dataExports.complete(
                    ID(high: 1, low: 1), with: .init(key: key, size: 1, readyAt: time, expiresAt: time))
            },
            Call("dataExports.removeOver") { _ = try await $0.dataExports.removeOver(before: time) },
            Call("dataExports.removeAll") { _ = try await $0.dataExports.removeAll(of: ID(high: 1, low: 1)) },
            Call("webhookEndpoints.noteSuccess") {
                try await $0.webhookEndpoints.noteSuccess(of: endpoint, in: team)
            },
            Call("webhookEndpoints.noteFailure") {
                try await $0.webhookEndpoints.noteFailure(of: endpoint, in: team, at: time)
            },
            Call("webhookEndpoints.pause") {
                _ = try await $0.webhookEndpoints.pause(
                    endpoint, of: team, as: .failing, failingBefore: time, at: time)
            },
            Call("webhookEndpoints.secrets") { _ = try await $0.webhookEndpoints.secrets(after: secrets, limit: 9) },
            Call("webhookEndpoints.resealSecrets") {
                _ = try await $0.webhookEndpoints.resealSecrets(
                    from: secrets, to: SealedWebhookSecrets(current: [2]))
            },
            Call("webhookDeliveries.note") {
                _ = try await $0.webhookDeliveries.note(
                    WebhookAttempt(at: time, took: .seconds(1), outcome: .unanswered(.broken)), of: ID(high: 1, low: 2),
                    in: team, state: .failed, nextAttemptAt: nil)
            },
            Call("webhookDeliveries.drop") { try await $0.webhookDeliveries.drop(ID(high: 1, low: 2), of: team) },
            Call("webhookDeliveries.remove") {
                _ = try await $0.webhookDeliveries.remove(createdBefore: time, limit: 9)
            },
            Call("notifications.remove") { _ = try await $0.notifications.remove(createdBefore: time) },
            Call("spentChallenges.removeExpired") { _ = try await $0.spentChallenges.removeExpired(before: time) },
            Call("mailSuppressions.find") { _ = try await $0.mailSuppressions.find(emailKey: "a@b.org") },
            Call("mailSuppressions.lift") { _ = try await $0.mailSuppressions.lift(emailKey: "a@b.org", at: time) },
            Call("jobs.list") { _ = try await $0.jobs.list(name: "mail.send", page: PageRequest()) },
            Call("jobs.list, next page") { _ = try await $0.jobs.list(name: "mail.send", page: page) },
            Call("idempotency.removeExpired") { _ = try await $0.idempotency.removeExpired(before: time) },
            Call("sealedKeys.signingKeys") { _ = try await $0.sealedKeys.signingKeys(at: time) },
            Call("sealedKeys.insert") { _ = try await $0.sealedKeys.insert(key, unlessActiveFrom: time) },
            Call("sealedKeys.revoke") { _ = try await $0.sealedKeys.revoke("k", at: time) },
            Call("sealedKeys.reseal") { _ = try await $0.sealedKeys.reseal("k", from: [1], to: [2]) },
            Call("sealedKeys.replaceMasterKeys") {
                try await $0.sealedKeys.replaceMasterKeys(fingerprint: [1], at: time)
            },
            Call("sealedKeys.rememberMasterKey") {
                _ = try await $0.sealedKeys.rememberMasterKey(fingerprint: [1], at: time)
            },
        ]
    }()

    static let keyValueCalls: [KeyValueCall] = {
        let time = TestDatabase.migratedAt
        return [
            KeyValueCall("read") { _ = try await $0.read("k", at: time) },
            KeyValueCall("write") {
                _ = try await $0.write("k", value: [1], ifVersion: 1, expiresAt: time, at: time)
            },
            KeyValueCall("remove") { try await $0.remove("k") },
            KeyValueCall("removeExpired") { try await $0.removeExpired(before: time) },
        ]
    }()

    private func expectIndexes(_ runner: PlanRunner, _ call: () async throws -> Void) async throws {
        await #expect(throws: PlanRunner.Explained()) { try await call() }
        for plan in runner.plans where !Self.smallTables.contains(where: plan.contains) {
            let steps = plan.split(separator: "\n").map { $0.drop { " ->".contains($0) } }
            let indexScans = steps.filter { $0.hasPrefix("Index") && $0.contains("Scan ") }
            let conditions = steps.filter { $0.hasPrefix("Index Cond:") }
            #expect(!steps.contains { $0.hasPrefix("Seq Scan") }, "\(plan)")
            #expect(conditions.count == indexScans.count, "an index is read whole\n\(plan)")
            #expect(!steps.contains { $0 == "Sort" || $0 == "Incremental Sort" }, "\(plan)")
        }
    }

    @Test(arguments: ofEveryone + ofTheSystem)
    func `for the system there is an index for`(call: Call) async throws {
        try await withDatabase { client, _ in
            let runner = PlanRunner(client: client, prelude: Scope.system.prelude)
            try await expectIndexes(runner) { try await call.run(PostgresStore(runner: runner) { _ in }) }
        }
    }

    @Test(arguments: ofEveryone)
    func `under row-level security there is an index for`(call: Call) async throws {
        try await withDatabase { client, _ in
            for scope in [Scope.user(ID(high: 1, low: 1)), .team(ID(high: 1, low: 9), ID(high: 1, low: 1))] {
                let runner = PlanRunner(client: client, prelude: scope.prelude)
                try await expectIndexes(runner) { try await call.run(PostgresStore(runner: runner) { _ in }) }
            }
        }
    }

    @Test(arguments: keyValueCalls)
    func `of the key values there is an index for`(call: KeyValueCall) async throws {
        try await withDatabase { client, _ in
            let runner = PlanRunner(client: client, prelude: [])
            try await expectIndexes(runner) { try await call.run(PostgresKeyValueStore(runner: runner)) }
        }
    }

    private static let now = Timestamp(seconds: 1_800_000_000)
    private static let page = PageRequest(limit: 20, after: Cursor(time: now, id: ID<Job>(high: 1, low: 2)))
    private static let jobClaim = JobClaim(job: ID(high: 1, low: 2), token: ID(high: 3, low: 4))

    /// Without those that look for waiting jobs with the same key, whose small index may well be read whole.
    static let jobCalls: [JobCall] = [
        JobCall("claim") {
            _ = try await $0.claim("default", limit: 9, lease: .seconds(30), token: jobClaim.token, at: now)
        },
        JobCall("extend") { _ = try await $0.extend([jobClaim], lease: .seconds(30)) },
        JobCall("nextDue") { _ = try await $0.nextDue("default") },
        JobCall("find") { _ = try await $0.find(jobClaim.job) },
        JobCall("list") { _ = try await $0.list(state: nil, name: nil, page: page) },
        JobCall("list by state") { _ = try await $0.list(state: .parked, name: nil, page: page) },
        JobCall("list by name") { _ = try await $0.list(state: nil, name: "mail.send", page: page) },
        JobCall("removeEnded") { _ = try await $0.removeEnded([.finished], before: now) },
    ]

    @Test(arguments: jobCalls)
    func `of the jobs there is an index for`(call: JobCall) async throws {
        try await withDatabase { client, _ in
            let runner = PlanRunner(client: client, prelude: [])
            try await expectIndexes(runner) {
                try await call.run(PostgresJobQueue(runner: runner, signals: InstanceSignals(client: client)))
            }
        }
    }
}

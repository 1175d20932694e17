import Auth
import Core
import Fakes
import Persistence
import PersistenceInMemory
import Synchronization
import Teams
import Testing

/// The acts of teams on a database in memory, and people to act.
struct TestTeams {
    let database: InMemoryDatabase
    let time = ManualTime(start: Timestamp(microseconds: 1_767_225_600_000_000))
    let teams: Teams
    let records = InMemoryDomainRecords()
    /// What the systems of teams were told.
    let announced = Announced()
    let origin = RequestOrigin(ip: "192.0.2.7", userAgent: nil, requestID: "r1")
    private let keys: MasterKeys
    private let randomness = Randomness.seeded(7)

    /// - Parameters:
    ///   - seats: What every team has; nil for any number.
    ///   - plan: What every team has.
    init(seats: Int? = nil, plan: String? = nil) throws {
        database = InMemoryDatabase()
        keys = try MasterKeys(hexadecimal: [HexDigits.encode(Randomness.seeded(1).bytes(32))])
        teams = Teams(
            database: database, throttle: Throttle(store: InMemoryKeyValueStore(), time: time.source),
            keys: keys,
            entitlements: FixedEntitlements(seats: seats, plan: plan), records: records, time: time.source,
            randomness: randomness
        ) { [announced] kind, event, _ in try announced.keep(kind, event) }
    }

    /// The same, where domains are proven by another record.
    func teams(challenge: DomainChallenge) -> Teams {
        Teams(
            database: database, throttle: Throttle(store: InMemoryKeyValueStore(), time: time.source), keys: keys,
            entitlements: FixedEntitlements.unlimited, records: records, challenge: challenge, time: time.source,
            randomness: randomness)
    }

    var system: any Store { database.scoped(.system) }

    /// Somebody with an account, who has just signed in.
    func person(
        _ name: String, at domain: String = "example.org", isVerified: Bool = false, secondFactor: Bool = false,
        superuser: Bool = false, pendingDeletion: Bool = false
    ) async throws -> Principal {
        let id: ID<User> = .make(at: time.now, randomness: randomness)
        var user = User(
            id: id, email: try EmailAddress(parsing: "\(name)@\(domain)"), emailVerifiedAt: isVerified ? time.now : nil,
            firstName: PersonName(stored: name),
            lastName: PersonName(stored: "Lovelace"), isSuperuser: superuser, hasSecondFactor: secondFactor,
            createdAt: time.now, updatedAt: time.now)
        if pendingDeletion { (user.deletedAt, user.purgeAt) = (time.now, time.now + .days(14)) }
        try await system.users.insert(user, passwordHash: nil)
        return Principal(user: user, session: session(of: id))
    }

    func session(of user: ID<User>) -> Session {
        Session(
            id: .make(at: time.now, randomness: randomness), userID: user, deviceName: nil, userAgent: nil, ip: nil,
            createdAt: time.now, lastSeenAt: time.now, authenticatedAt: time.now, idleExpiresAt: time.now + .days(7),
            expiresAt: time.now + .days(30))
    }

    /// The same person by an API key.
    func key(of principal: Principal, scopes: Set<Permission>) -> Principal {
        Principal(
            user: principal.user,
            credential: .apiKey(
                APIKey(
                    id: .make(at: time.now, randomness: randomness), userID: principal.user.id, name: "Deploy",
                    prefix: "plk_AZk1", scopes: Scopes(scopes), createdAt: time.now)))
    }

    func team(of owner: Principal, named name: String = "Analytical Engines") async throws -> Team {
        try await teams.create(name: TeamName(stored: name), slug: nil, by: owner, origin: origin).team
    }

    /// Puts somebody into a team as an invitation would, a second after whoever was put there before.
    func join(_ team: Team, _ principal: Principal, having role: AssignedRole) async throws {
        time.advance(by: .seconds(1))
        try await system.teamMembers.insert(
            TeamMember(teamID: team.id, userID: principal.user.id, role: role, joinedAt: time.now))
    }

    func join(_ team: Team, _ principal: Principal, as role: RoleID) async throws {
        try await join(team, principal, having: AssignedRole(id: role, role: role.builtInRole ?? .custom([])))
    }

    func role(of principal: Principal, in team: Team) async throws -> RoleID? {
        try await system.teamMembers.find(principal.user.id, in: team.id)?.role.id
    }

    /// What somebody's own log says was done, oldest first.
    func log(of principal: Principal) async throws -> [String] {
        let page = try await system.auditLog.list(ofUser: principal.user.id, page: PageRequest(limit: 100))
        return page.items.reversed().map(\.action)
    }

    /// The same person, signed in a moment ago.
    func fresh(_ principal: Principal) async throws -> Principal {
        Principal(user: principal.user, session: session(of: principal.user.id))
    }

    /// An administrator in somebody's name.
    func impersonated(_ principal: Principal, by administrator: Principal) -> Principal {
        let own = session(of: principal.user.id)
        return Principal(
            user: principal.user,
            session: Session(
                id: own.id, userID: own.userID, impersonatorID: administrator.user.id, deviceName: nil, userAgent: nil,
                ip: nil, createdAt: own.createdAt, lastSeenAt: own.lastSeenAt, authenticatedAt: own.authenticatedAt,
                idleExpiresAt: own.idleExpiresAt, expiresAt: own.expiresAt))
    }

    @discardableResult
    func invite(
        _ email: String, as role: RoleID = .member, to team: Team, by principal: Principal
    ) async throws -> Invitation {
        try await teams.invite(
            EmailAddress(parsing: email), as: role, to: team.id, by: principal, origin: origin)
    }

    /// The mails that wait, newest first.
    func mails() async throws -> [OutgoingMail] {
        try await jobs().map { try $0.decoded() }
    }

    /// The token in the newest mail, as it is derived when that is sent.
    func token() async throws -> String {
        let job = try #require(try await jobs().first)
        let mail: OutgoingMail = try job.decoded()
        let sent = try #require(mail.token)
        return try #require(OneTimeTokens(keys: keys).token(for: job.id, purpose: sent.purpose, matching: sent.hash))
    }

    /// Does the jobs that tell people of teams, as a worker would, and forgets them.
    func tellNotices() async throws {
        for job in try await jobs(TeamNotice.jobName) {
            let notice: TeamNotice = try job.decoded()
            try await database.transaction(.system, repetition: .allowed) { store in
                try await teams.tell(notice, in: store)
                _ = try await store.jobs.cancel(job.id, at: time.now)
            }
        }
    }

    /// What somebody was told in the application, oldest first.
    func notices(of principal: Principal) async throws -> [UserNotification] {
        try await system.notifications.list(of: principal.user.id, page: PageRequest(limit: 100)).items.reversed()
    }

    private func jobs(_ name: String = OutgoingMail.jobName) async throws -> [Job] {
        try await database.jobQueue(clock: time.source)
            .list(state: .available, name: name, page: PageRequest(limit: 100)).items.map(\.job)
    }
}

/// What the systems of teams were told, oldest first.
final class Announced: Sendable {
    struct Refused: Error {}

    private let state = Mutex<(told: [(kind: WebhookEventKind, event: TeamEvent)], fails: Bool)>(([], false))

    var told: [(kind: WebhookEventKind, event: TeamEvent)] { state.withLock { $0.told } }
    var kinds: [WebhookEventKind] { told.map(\.kind) }

    func failFromNowOn() { state.withLock { $0.fails = true } }

    func keep(_ kind: WebhookEventKind, _ event: TeamEvent) throws {
        try state.withLock { state in
            if state.fails { throw Refused() }
            state.told.append((kind, event))
        }
    }
}

public import Auth
public import Core
public import Persistence

extension Teams {
    /// How often a name in addresses is marked anew where another team has it.
    private static let slugTries = 5
    private static let slugMarkLength = 3  // bytes, six characters

    /// Makes a team, whose primary owner is the caller.
    /// - Parameter slug: The name in addresses; nil for one made of the name, which tells it from all others.
    /// - Throws: ``TeamError/slugTaken``, ``TeamError/tooMany``; `AuthError` for an account on its way to deletion, and for an
    ///   API key.
    public func create(
        name: TeamName, slug: TeamSlug?, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<TeamAccess>? = nil
    ) async throws -> TeamAccess {
        try principal.requireActive()
        _ = try principal.requireSession()
        let owned = try await database.scoped(.system).teams.count(ownedBy: principal.user.id)
        guard owned < Self.mostOwned else { throw TeamError.tooMany }
        if let slug { return try await insert(name, slug: slug, by: principal, origin: origin, receipt: receipt) }
        let suggested = TeamSlug(suggestedBy: name)
        for attempt in 0...Self.slugTries {
            let mark = HexDigits.encode(randomness.bytes(Self.slugMarkLength))
            guard let slug = attempt == 0 ? suggested : suggested.marked(mark) else { continue }
            do {
                return try await insert(name, slug: slug, by: principal, origin: origin, receipt: receipt)
            } catch TeamError.slugTaken {}
        }
        throw TeamError.slugTaken
    }

    private func insert(
        _ name: TeamName, slug: TeamSlug, by principal: Principal, origin: RequestOrigin, receipt: Receipt<TeamAccess>?
    ) async throws -> TeamAccess {
        let (user, now) = (principal.user.id, time.now())
        let id = ID<Team>.make(at: now, randomness: randomness)
        let team = Team(id: id, name: name, slug: slug, ownerID: user, createdAt: now, updatedAt: now)
        let member = TeamMember(teamID: id, userID: user, role: .owner, joinedAt: now)
        let created = TeamAudit(team: id, principal: principal, origin: origin, time: now, randomness: randomness)
            .event(.teamCreated, changes: ["name": name.text, "slug": slug.text])
        do {
            return try await database.transaction(.team(id, user), repetition: .allowed, receipt: receipt) { store in
                try await store.teams.insert(team)
                try await store.teamMembers.insert(member)
                try await record(created, in: store)
                return try TeamAccess(TeamSeen(team: team, member: member), of: principal)
            }
        } catch DatabaseError.duplicate(.teamSlug) {
            throw TeamError.slugTaken
        }
    }
}

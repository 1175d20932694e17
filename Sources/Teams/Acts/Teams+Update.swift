public import Auth
public import Core
import Persistence

extension Teams {
    /// Gives a team another name, or another name in addresses. What is nil stays as it is.
    /// - Parameter isExpected: Whether the team is still what the caller took it for (`If-Match`), asked of the locked row.
    /// - Throws: ``TeamError/slugTaken``, ``TeamError/preconditionFailed``; as ``find(_:by:needing:origin:)``.
    public func update(
        _ id: ID<Team>, name: TeamName?, slug: TeamSlug?, by principal: any TeamPrincipal, origin: RequestOrigin,
        if isExpected: @Sendable (TeamAccess) throws -> Bool = { _ in true }
    ) async throws -> TeamAccess {
        do {
            return try await change(id, by: principal, needing: .teamWrite, origin: origin) { change in
                guard try isExpected(change.access) else { throw TeamError.preconditionFailed }
                var (team, changes) = (change.team, [String: String]())
                if let name, name != team.name { (team.name, changes["name"]) = (name, name.text) }
                if let slug, slug != team.slug { (team.slug, changes["slug"]) = (slug, slug.text) }
                guard !changes.isEmpty else { return change.access }
                team.updatedAt = change.now
                team = try await change.store.teams.update(team)
                try await change.record(change.audit.event(.teamUpdated, changes: changes))
                return change.access.with(team)
            }
        } catch DatabaseError.duplicate(.teamSlug) {
            throw TeamError.slugTaken
        }
    }

    /// Changes what a team asks of its members.
    /// - Throws: ``TeamError/shutsOutOneself`` where the caller would not meet it; ``TeamError/preconditionFailed``; as
    ///   ``find(_:by:needing:origin:)``.
    public func setSettings(
        of id: ID<Team>, to settings: TeamSettings, by principal: any TeamPrincipal, origin: RequestOrigin,
        if isExpected: @Sendable (TeamAccess) throws -> Bool = { _ in true }
    ) async throws -> TeamAccess {
        guard settings.addressRanges.count <= TeamSettings.mostAddressRanges else { throw TeamError.tooMany }
        return try await change(id, by: principal, needing: .teamWrite, origin: origin) { change in
            guard try isExpected(change.access) else { throw TeamError.preconditionFailed }
            guard settings != change.team.settings else { return change.access }
            var team = change.team
            (team.settings, team.updatedAt) = (settings, change.now)
            let access = change.access.with(try await change.store.teams.update(team))
            do {
                try access.requireConditions(of: principal, from: origin)
            } catch is TeamError {
                throw TeamError.shutsOutOneself
            }
            try await change.record(
                change.audit.event(
                    .settingsChanged,
                    changes: [
                        "require_mfa": "\(settings.requiresSecondFactor)",
                        "address_ranges": settings.addressRanges.map(\.description).joined(separator: " "),
                    ]))
            return access
        }
    }
}

extension TeamAccess {
    func with(_ team: Team) -> TeamAccess {
        TeamAccess(team: team, member: member, subject: subject)
    }
}

public import Auth
public import Core
import Persistence

/// A team as somebody may see it, and what they may do there.
public struct TeamAccess: Sendable, Equatable {
    public let team: Team
    /// The part in it; nil for an administrator of the installation who is not in it, and for a key of the team.
    public let member: TeamMember?
    let subject: AccessSubject

    /// What may be done there, the scopes of an API key considered.
    public var permissions: Set<Permission> {
        Permission.ofTeams.filter { Policy.decide($0, on: .team(team.id), by: subject) == .allowed }
    }

    /// - Throws: ``TeamError/notFound`` for whoever is not in the team; ``TeamError/forbidden``.
    func require(_ permission: Permission) throws {
        try Self.check(Policy.decide(permission, on: .team(team.id), by: subject))
    }

    /// What takes `permission` and gives, changes or takes away `roles`.
    /// - Throws: As ``require(_:)``; ``TeamError/roleTooHigh``.
    func require(_ permission: Permission, managing roles: [TeamRole]) throws {
        try Self.check(Policy.decide(permission, managing: roles, in: team.id, by: subject))
    }

    static func check(_ decision: AccessDecision) throws {
        switch decision {
        case .allowed: break
        case .hidden: throw TeamError.notFound
        case .forbidden(.pendingDeletion): throw AuthError.accountPendingDeletion
        case .forbidden(.roleTooHigh): throw TeamError.roleTooHigh
        case .forbidden(.outOfScope), .forbidden(.missingPermission): throw TeamError.forbidden
        }
    }
}

extension TeamAccess {
    /// - Throws: ``TeamError/notFound`` for whoever is not in the team and does not administer the installation.
    init(_ seen: TeamSeen?, of principal: any TeamPrincipal) throws {
        guard let seen else { throw TeamError.notFound }
        (team, member) = (seen.team, seen.member)
        subject = principal.subject(in: seen.membership)
        // Whoever may do anything there at all may know of it.
        if Policy.decide(.teamRead, on: .team(team.id), by: subject) == .hidden { throw TeamError.notFound }
    }

    /// Refuses who does not meet what the team asks for: a second factor of people, an address of everybody. Leaving asks for
    /// nothing.
    /// - Throws: ``TeamError/secondFactorRequired``, ``TeamError/addressNotAllowed``.
    func requireConditions(of principal: any TeamPrincipal, from origin: RequestOrigin) throws {
        if team.settings.requiresSecondFactor, let person = principal.person, !person.user.hasSecondFactor {
            throw TeamError.secondFactorRequired
        }
        guard team.settings.admits(origin.ip) else { throw TeamError.addressNotAllowed }
    }
}

extension Teams {
    /// The team, for whoever may do this there, in one round trip.
    /// - Throws: ``TeamError/notFound``, ``TeamError/forbidden``, ``TeamError/secondFactorRequired``,
    ///   ``TeamError/addressNotAllowed``.
    public func find(
        _ id: ID<Team>, by principal: any TeamPrincipal, needing permission: Permission = .teamRead,
        origin: RequestOrigin
    ) async throws -> TeamAccess {
        try principal.requireActive()
        let user = principal.userID
        let access = try TeamAccess(
            try await database.scoped(.team(id, user)).teams.find(id, by: user), of: principal)
        try access.require(permission)
        try access.requireConditions(of: principal, from: origin)
        return access
    }

    /// Reads something of a team beside the question whether the caller may: one round trip for both. What was read is not
    /// told to whoever may not.
    /// - Throws: As ``find(_:by:needing:origin:)``.
    func read<Value: Sendable>(
        of id: ID<Team>, by principal: any TeamPrincipal, needing permission: Permission, origin: RequestOrigin,
        _ body: @Sendable (any Store) async throws -> Value
    ) async throws -> Value {
        let store = database.scoped(.team(id, principal.userID))
        async let value = body(store)
        do {
            _ = try await find(id, by: principal, needing: permission, origin: origin)
        } catch {
            // To its end: whoever asks for what is not theirs must not make us break off statements.
            _ = try? await value
            throw error
        }
        return try await value
    }
}

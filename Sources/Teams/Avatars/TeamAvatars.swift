public import Auth
public import Core
import Persistence

/// The pictures of teams, kept as those of people are and shown to whoever may read the team.
public struct TeamAvatars: Sendable {
    private let teams: Teams
    private let store: AvatarStore

    /// - Parameter baseURL: Where the server is reached; the addresses of pictures begin with it.
    public init(teams: Teams, baseURL: String, objects: any ObjectStore) {
        self.teams = teams
        store = AvatarStore(objects: objects, baseURL: baseURL, randomness: teams.randomness)
    }

    /// Gives a team a picture; the one before is removed. Nothing is read of a picture by whoever may not.
    /// - Throws: `Avatars.Problem`; as ``Teams/find(_:by:needing:origin:)``.
    public func replace(
        with content: ObjectContent, of id: ID<Team>, by principal: Principal, origin: RequestOrigin
    ) async throws -> TeamAccess {
        _ = try await teams.find(id, by: principal, needing: .teamWrite, origin: origin)
        return try await store.keep(content, of: .team(id)) { address in
            try await set(address, of: id, by: principal, origin: origin)
        }
    }

    /// Takes a team's picture away, if there is one.
    /// - Throws: As ``Teams/find(_:by:needing:origin:)``.
    public func remove(of id: ID<Team>, by principal: Principal, origin: RequestOrigin) async throws -> TeamAccess {
        try await set(nil, of: id, by: principal, origin: origin)
    }

    /// The picture of a team, to be read with ``read(_:)``; nil when it has none.
    /// - Throws: As ``Teams/find(_:by:needing:origin:)``.
    public func find(
        of id: ID<Team>, by principal: Principal, origin: RequestOrigin
    ) async throws -> (key: ObjectKey, info: ObjectInfo)? {
        let team = try await teams.find(id, by: principal, needing: .teamRead, origin: origin).team
        guard let key = team.avatarURL.flatMap(AvatarOwner.team(id).key(in:)),
            let info = try await store.objects.info(key)
        else { return nil }
        return (key, info)
    }

    /// The bytes of a picture that was found; nil when another took its place meanwhile.
    public func read(_ key: ObjectKey) async throws -> ObjectReading? {
        try await store.objects.read(key, range: nil)
    }

    private func set(
        _ address: String?, of id: ID<Team>, by principal: Principal, origin: RequestOrigin
    ) async throws -> TeamAccess {
        try await teams.change(id, by: principal, needing: .teamWrite, origin: origin) { change in
            var team = change.team
            guard team.avatarURL != address else { return change.access }
            let old = try AvatarOwner.team(id)
                .removal(of: team.avatarURL, at: change.now, randomness: teams.randomness)
            (team.avatarURL, team.updatedAt) = (address, change.now)
            team = try await change.store.teams.update(team)
            if !old.isEmpty { try await change.store.jobs.enqueue(old) }
            try await change.record(change.audit.event(address == nil ? .avatarRemoved : .avatarChanged))
            return change.access.with(team)
        }
    }
}

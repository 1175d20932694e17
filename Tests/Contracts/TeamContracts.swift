import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let teams: [Contract] = [
        Contract("a team is found as it was written, with the part somebody has in it") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, member) = try await context.addTeam(of: ada)
            for scope in [Scope.system, .team(team.id, ada.id)] {
                let teams = context.database.scoped(scope).teams
                #expect(try await teams.find(team.id, by: ada.id) == TeamSeen(team: team, member: member))
                #expect(try await teams.find(team.id, by: grace.id) == TeamSeen(team: team, member: nil))
                #expect(try await teams.find(context.makeID(), by: ada.id) == nil)
            }
        },
        Contract("a team is changed where nobody else changed it") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let teams = context.store(of: ada, in: team).teams
            var changed = team
            (changed.name, changed.slug) = (TeamName(stored: "Other"), TeamSlug(stored: "other"))
            changed.settings = TeamSettings(
                requiresSecondFactor: true,
                addressRanges: ["192.0.2.0/24", "2001:db8::/32"].compactMap { AddressRange($0) })
            changed.avatarURL = "https://example.org/api/v1/teams/1/avatar?version=2"
            changed.updatedAt = context.now + .seconds(1)
            let stored = try await teams.update(changed)
            changed.version = 2
            #expect(stored == changed)
            #expect(try await teams.find(team.id, by: ada.id)?.team == changed)
            await #expect(throws: DatabaseError.versionConflict) { try await teams.update(team) }
            await #expect(throws: DatabaseError.notFound) {
                try await context.store(of: ada, in: team).teams.update(Team.sample(context, of: ada))
            }
        },
        Contract("a name in addresses belongs to one team") { context async throws in
            let ada = try await context.addUser()
            let (first, _) = try await context.addTeam(of: ada)
            let (second, _) = try await context.addTeam(of: ada)
            var wish = second
            wish.slug = first.slug
            await #expect(throws: DatabaseError.duplicate(.teamSlug)) {
                try await context.store(of: ada, in: second).teams.update(wish)
            }
            let third = Team.sample(context, of: ada, slug: first.slug)
            await #expect(throws: DatabaseError.duplicate(.teamSlug)) {
                try await context.store(of: ada, in: third).teams.insert(third)
            }
        },
        Contract("a team goes with its members and roles") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: ada)
            let role = try await context.addRole(in: team)
            #expect(try await context.store(of: ada, in: other).teams.remove(team.id) == false)
            #expect(try await context.store(of: ada, in: team).teams.remove(team.id))
            #expect(try await context.system.teams.remove(team.id) == false)
            #expect(try await context.system.teams.find(team.id, by: ada.id) == nil)
            #expect(try await context.system.teamMembers.find(ada.id, in: team.id) == nil)
            #expect(try await context.system.teamRoles.find(role.id, in: team.id) == nil)
            #expect(try await context.system.teams.find(other.id, by: ada.id) != nil)
        },
        Contract("somebody's teams are listed latest joined first, in pages") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            var joined: [TeamSeen] = []
            for _ in 0..<5 {
                let (team, _) = try await context.addTeam(of: grace)
                let role = try await context.addRole(in: team)
                let member = TeamMember(
                    teamID: team.id, userID: ada.id, role: AssignedRole(role), joinedAt: context.now)
                try await context.store(of: grace, in: team).teamMembers.insert(member)
                joined.insert(TeamSeen(team: team, member: member), at: 0)
                context.time.advance(by: .seconds(1))
            }
            let teams = context.store(of: ada).teams
            let first = try await teams.list(of: ada.id, page: PageRequest(limit: 3))
            let second = try await teams.list(of: ada.id, page: PageRequest(limit: 3, after: first.next))
            #expect(first.items + second.items == joined && second.next == nil)
            #expect(try await teams.list(of: grace.id, page: PageRequest()).items.isEmpty)
            #expect(try await context.system.teams.list(of: ada.id, page: PageRequest()).items == joined)
        },
        Contract("a person's own teams are read outside them, and not changed") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, member) = try await context.addTeam(of: ada)
            let (own, others) = (context.store(of: ada), context.store(of: grace))
            #expect(try await own.teams.find(team.id, by: ada.id) == TeamSeen(team: team, member: member))
            #expect(try await others.teams.find(team.id, by: grace.id) == nil)
            await #expect(throws: DatabaseError.notFound) { try await own.teams.update(team) }
            #expect(try await own.teams.remove(team.id) == false)
            #expect(try await own.teamMembers.remove(ada.id, from: team.id) == false)
            #expect(try await own.teamMembers.setRole(.viewer, of: ada.id, in: team.id, at: context.now) == false)
            await #expect(throws: DatabaseError.self) { try await own.teams.insert(Team.sample(context, of: ada)) }
        },
        Contract("the teams that only one owner keeps are told") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (alone, _) = try await context.addTeam(of: ada)
            let (shared, _) = try await context.addTeam(of: ada)
            try await context.addMember(grace, to: shared, as: .owner)
            try await context.addMember(grace, to: alone, as: .admin)
            let (graces, _) = try await context.addTeam(of: grace)
            try await context.addMember(ada, to: graces, as: .admin)
            let teams = context.system.teams
            #expect(try await teams.listOwnedAlone(by: ada.id).map(\.id) == [alone.id])
            #expect(try await teams.listOwnedAlone(by: grace.id).map(\.id) == [graces.id])
            #expect(try await teams.count(ownedBy: ada.id) == 2)
            // One who is leaving is none to keep it.
            var leaving = grace
            (leaving.deletedAt, leaving.purgeAt) = (context.now, context.now + .days(14))
            _ = try await context.system.users.update(leaving)
            #expect(try await teams.listOwnedAlone(by: ada.id).map(\.id) == [alone.id, shared.id].sorted())
        },
    ]
}

extension Team {
    static func sample(_ context: ContractContext, of owner: User, slug: TeamSlug? = nil) -> Team {
        let id = context.makeID(of: Team.self)
        return Team(
            id: id, name: TeamName(stored: "Engines"), slug: slug ?? TeamSlug(stored: "team-\(id)"),
            ownerID: owner.id, createdAt: context.now, updatedAt: context.now)
    }
}

extension ContractContext {
    func store(of user: User, in team: Team) -> any Store { database.scoped(.team(team.id, user.id)) }

    /// Stores a sample, in its own scope as `Teams` does.
    func addTeam(of owner: User) async throws -> (team: Team, member: TeamMember) {
        let team = Team.sample(self, of: owner)
        let store = store(of: owner, in: team)
        try await store.teams.insert(team)
        let member = TeamMember(teamID: team.id, userID: owner.id, role: .owner, joinedAt: now)
        try await store.teamMembers.insert(member)
        return (team, member)
    }

    @discardableResult
    func addMember(_ user: User, to team: Team, as role: RoleID) async throws -> TeamMember {
        let member = TeamMember(
            teamID: team.id, userID: user.id, role: AssignedRole(id: role, role: role.builtInRole ?? .custom([])),
            joinedAt: now)
        try await system.teamMembers.insert(member)
        return member
    }

    func addRole(in team: Team, named name: String? = nil) async throws -> CustomRole {
        let id = makeID(of: CustomRole.self)
        let role = CustomRole(
            id: id, teamID: team.id, name: TeamName(stored: name ?? "Role \(id)"),
            permissions: [.teamRead, .auditRead], createdAt: now, updatedAt: now)
        try await system.teamRoles.insert(role)
        return role
    }
}

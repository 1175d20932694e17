import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let teamMembers: [Contract] = [
        Contract("members are listed latest joined first, with their names") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            var people = [ada]
            for _ in 0..<4 {
                context.time.advance(by: .seconds(1))
                let user = try await context.addUser()
                try await context.addMember(user, to: team, as: .member)
                people.insert(user, at: 0)
            }
            let members = context.store(of: ada, in: team).teamMembers
            let first = try await members.list(in: team.id, page: PageRequest(limit: 3))
            let second = try await members.list(in: team.id, page: PageRequest(limit: 3, after: first.next))
            let profiles = first.items + second.items
            #expect(profiles.map(\.member.userID) == people.map(\.id) && second.next == nil)
            #expect(
                profiles.map(\.email) == people.map(\.email) && profiles.map(\.firstName) == people.map(\.firstName))
            #expect(try await members.count(in: team.id) == 5)
            #expect(try await members.profile(of: ada.id, in: team.id) == profiles.last)
        },
        Contract("a member's role is changed, to a built-in one and to one of the team's") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let members = context.store(of: ada, in: team).teamMembers
            let member = try await context.addMember(grace, to: team, as: .viewer)
            #expect(try await members.find(grace.id, in: team.id) == member)
            let role = try await context.addRole(in: team)
            #expect(try await members.setRole(.custom(role.id), of: grace.id, in: team.id, at: context.now))
            #expect(try await members.find(grace.id, in: team.id)?.role == AssignedRole(role))
            #expect(try await members.count(with: role.id, in: team.id) == 1)
            #expect(try await members.setRole(.admin, of: grace.id, in: team.id, at: context.now))
            #expect(try await members.find(grace.id, in: team.id)?.role == AssignedRole(id: .admin, role: .admin))
            #expect(try await members.count(with: role.id, in: team.id) == 0)
            #expect(
                try await members.setRole(.admin, of: context.makeID(), in: team.id, at: context.now) == false)
        },
        Contract("a role of another team is none to have") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: ada)
            let foreign = try await context.addRole(in: other)
            await #expect(throws: DatabaseError.unexpected(code: "23503")) {
                try await context.store(of: ada, in: team).teamMembers
                    .setRole(.custom(foreign.id), of: ada.id, in: team.id, at: context.now)
            }
        },
        Contract("nobody is in a team twice, and who was removed is gone") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, owner) = try await context.addTeam(of: ada)
            let members = context.store(of: ada, in: team).teamMembers
            await #expect(throws: DatabaseError.duplicate(.teamMember)) { try await members.insert(owner) }
            try await context.addMember(grace, to: team, as: .member)
            #expect(try await members.remove(grace.id, from: team.id))
            #expect(try await members.remove(grace.id, from: team.id) == false)
            #expect(try await members.find(grace.id, in: team.id) == nil)
            #expect(try await members.count(in: team.id) == 1)
        },
        Contract("the first other owner is one who stays") { context async throws in
            let (ada, grace, linus) = (
                try await context.addUser(), try await context.addUser(), try await context.addUser()
            )
            let (team, _) = try await context.addTeam(of: ada)
            let members = context.store(of: ada, in: team).teamMembers
            #expect(try await members.firstOwner(in: team.id, except: ada.id) == nil)
            context.time.advance(by: .seconds(1))
            try await context.addMember(grace, to: team, as: .owner)
            context.time.advance(by: .seconds(1))
            try await context.addMember(linus, to: team, as: .owner)
            #expect(try await members.firstOwner(in: team.id, except: ada.id) == grace.id)
            #expect(try await members.firstOwner(in: team.id, except: grace.id) == ada.id)
            #expect(try await context.system.teamMembers.owners(in: team.id) == [ada, grace, linus])
            var leaving = grace
            (leaving.deletedAt, leaving.purgeAt) = (context.now, context.now + .days(14))
            _ = try await context.system.users.update(leaving)
            #expect(try await members.firstOwner(in: team.id, except: ada.id) == linus.id)
            #expect(try await context.system.teamMembers.owners(in: team.id) == [ada, linus])
            #expect(try await members.owners(in: team.id) == [ada, linus])
            let (other, _) = try await context.addTeam(of: ada)
            #expect(try await context.store(of: ada, in: other).teamMembers.owners(in: team.id).isEmpty)
        },
        Contract("in a team its members see each other's accounts, to read only") { context async throws in
            let (ada, grace, linus) = (
                try await context.addUser(), try await context.addUser(), try await context.addUser()
            )
            let (team, _) = try await context.addTeam(of: ada)
            try await context.addMember(grace, to: team, as: .member)
            let users = context.store(of: ada, in: team).users
            #expect(try await users.find(grace.id) == grace)
            #expect(try await users.find(linus.id) == nil)
            await #expect(throws: DatabaseError.notFound) { try await users.update(grace) }
            #expect(try await users.findLocked(grace.id) == nil)
            #expect(try await context.store(of: ada).users.find(grace.id) == nil)
        },
        Contract("another team's members are neither there nor to be changed") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let (others, _) = try await context.addTeam(of: grace)
            let store = context.store(of: ada, in: team)
            #expect(try await store.teamMembers.find(grace.id, in: others.id) == nil)
            #expect(try await store.teamMembers.list(in: others.id, page: PageRequest()).items.isEmpty)
            #expect(try await store.teamMembers.remove(grace.id, from: others.id) == false)
            #expect(try await store.teamMembers.setRole(.viewer, of: grace.id, in: others.id, at: context.now) == false)
            #expect(try await store.teamMembers.count(in: others.id) == 0)
            #expect(try await store.teams.find(others.id, by: ada.id) == nil)
            #expect(try await store.teams.findLocked(others.id, by: ada.id) == nil)
            await #expect(throws: DatabaseError.unexpected(code: "42501")) {
                try await store.teamMembers.insert(
                    TeamMember(teamID: others.id, userID: ada.id, role: .owner, joinedAt: context.now))
            }
        },
        Contract("who is taken out of all teams leaves each with an owner, and it is told what ended") {
            context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let ((own, _), (others, _)) = (try await context.addTeam(of: ada), try await context.addTeam(of: grace))
            try await context.addMember(grace, to: own, as: .owner)
            let role = try await context.addRole(in: others)
            try await context.addMember(ada, to: others, as: .viewer)
            _ = try await context.system.teamMembers.setRole(
                .custom(role.id), of: ada.id, in: others.id, at: context.now)
            context.time.advance(by: .seconds(1))
            let members = context.system.teamMembers
            let expected = [
                EndedMembership(team: own.id, role: .owner, heir: grace.id),
                EndedMembership(team: others.id, role: .custom(role.id), heir: nil),
            ]
            #expect(
                try await members.removeAll(of: ada.id, at: context.now) == expected.sorted { $0.team < $1.team })
            #expect(try await members.removeAll(of: ada.id, at: context.now).isEmpty)
            for team in [own, others] { #expect(try await members.find(ada.id, in: team.id) == nil) }
            let seen = try #require(try await context.system.teams.find(own.id, by: grace.id))
            #expect(seen.team.ownerID == grace.id && seen.member?.role == .owner)
            #expect(seen.team.version == own.version + 1 && seen.team.updatedAt == context.now)
            #expect(try await context.system.teams.find(others.id, by: grace.id)?.team == others)
        },
        Contract("an owner on the way to deletion inherits no team") { context async throws in
            let (ada, leaving, grace) = (
                try await context.addUser(), try await context.addUser(), try await context.addUser()
            )
            let (team, _) = try await context.addTeam(of: ada)
            for user in [leaving, grace] {
                context.time.advance(by: .seconds(1))
                try await context.addMember(user, to: team, as: .owner)
            }
            var changed = leaving
            (changed.deletedAt, changed.purgeAt) = (context.now, context.now + .days(14))
            _ = try await context.system.users.update(changed)
            let ended = try await context.system.teamMembers.removeAll(of: ada.id, at: context.now)
            #expect(ended == [EndedMembership(team: team.id, role: .owner, heir: grace.id)])
        },
    ]

    static let teamRoles: [Contract] = [
        Contract("roles are found as they were written, first made first, and changed once") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let roles = context.store(of: ada, in: team).teamRoles
            let first = try await context.addRole(in: team)
            context.time.advance(by: .seconds(1))
            let second = try await context.addRole(in: team)
            #expect(try await roles.list(in: team.id) == [first, second])
            #expect(try await roles.find(first.id, in: team.id) == first)
            var changed = first
            (changed.name, changed.permissions) = (TeamName(stored: "Other"), [])
            changed.updatedAt = context.now
            let stored = try await roles.update(changed)
            changed.version = 2
            #expect(stored == changed)
            await #expect(throws: DatabaseError.versionConflict) { try await roles.update(first) }
            #expect(try await roles.remove(first.id, in: team.id))
            #expect(try await roles.remove(first.id, in: team.id) == false)
            await #expect(throws: DatabaseError.notFound) { try await roles.update(changed) }
        },
        Contract("the name of a role is unique in its team, whatever the case") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: ada)
            _ = try await context.addRole(in: team, named: "Auditor")
            _ = try await context.addRole(in: other, named: "auditor")
            await #expect(throws: DatabaseError.duplicate(.teamRoleName)) {
                try await context.addRole(in: team, named: "AUDITOR")
            }
        },
        Contract("a role that somebody has can't be removed") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let role = try await context.addRole(in: team)
            let store = context.store(of: ada, in: team)
            _ = try await store.teamMembers.setRole(.custom(role.id), of: ada.id, in: team.id, at: context.now)
            await #expect(throws: DatabaseError.unexpected(code: "23503")) {
                try await store.teamRoles.remove(role.id, in: team.id)
            }
        },
        Contract("another team's roles are neither there nor to be changed") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: ada)
            let role = try await context.addRole(in: other)
            let roles = context.store(of: ada, in: team).teamRoles
            #expect(try await roles.list(in: other.id).isEmpty)
            #expect(try await roles.find(role.id, in: other.id) == nil)
            #expect(try await roles.remove(role.id, in: other.id) == false)
            await #expect(throws: DatabaseError.notFound) { try await roles.update(role) }
            await #expect(throws: DatabaseError.unexpected(code: "42501")) { try await roles.insert(role) }
        },
    ]
}

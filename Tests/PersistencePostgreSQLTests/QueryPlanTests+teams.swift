import Core
import DatabaseSupport
import Persistence

@testable import PersistencePostgreSQL

extension QueryPlanTests {
    /// What is asked of teams, their members, roles and invitations.
    static let ofTeams: [Call] = {
        let (user, session) = (ID<User>(high: 1, low: 1), ID<Session>(high: 1, low: 2))
        let time = TestDatabase.migratedAt
        let page = PageRequest(limit: 20, after: Cursor(time: time, id: session))
        let team = ID<Team>(high: 1, low: 9)
        let group = Team(
            id: team, name: TeamName(stored: "A"), slug: TeamSlug(stored: "a"), ownerID: user, createdAt: time,
            updatedAt: time)
        let key = TeamAPIKey(
            id: session.cast(), teamID: team, name: "A", prefix: "plt_A", scopes: Scopes([.teamRead]), createdAt: time,
            updatedAt: time)
        return [
            Call("teams.find") { _ = try await $0.teams.find(team, by: user) },
            Call("teams.findLocked") { _ = try await $0.teams.findLocked(team, by: user) },
            Call("teams.update") { _ = try await $0.teams.update(group) },
            Call("teams.list") { _ = try await $0.teams.list(of: user, page: PageRequest()) },
            Call("teams.list, next page") { _ = try await $0.teams.list(of: user, page: page) },
            Call("teams.remove") { _ = try await $0.teams.remove(team) },
            Call("teamMembers.find") { _ = try await $0.teamMembers.find(user, in: team) },
            Call("teamMembers.profile") { _ = try await $0.teamMembers.profile(of: user, in: team) },
            Call("teamMembers.list") { _ = try await $0.teamMembers.list(in: team, page: PageRequest()) },
            Call("teamMembers.list, next page") { _ = try await $0.teamMembers.list(in: team, page: page) },
            Call("teamMembers.setRole") {
                _ = try await $0.teamMembers.setRole(.admin, of: user, in: team, at: time)
            },
            Call("teamMembers.remove") { _ = try await $0.teamMembers.remove(user, from: team) },
            Call("teamMembers.count") { _ = try await $0.teamMembers.count(in: team) },
            Call("teamMembers.firstOwner") { _ = try await $0.teamMembers.firstOwner(in: team, except: user) },
            Call("teamMembers.count(with:)") { _ = try await $0.teamMembers.count(with: session.cast(), in: team) },
            Call("teamRoles.find") { _ = try await $0.teamRoles.find(session.cast(), in: team) },
            Call("teamRoles.list") { _ = try await $0.teamRoles.list(in: team) },
            Call("teamRoles.remove") { _ = try await $0.teamRoles.remove(session.cast(), in: team) },
            Call("teams.find, by nobody") { _ = try await $0.teams.find(team, by: nil) },
            Call("teamAPIKeys.authenticate") { _ = try await $0.teamAPIKeys.authenticate(session.cast()) },
            Call("teamAPIKeys.find") { _ = try await $0.teamAPIKeys.find(session.cast(), in: team) },
            Call("teamAPIKeys.list") { _ = try await $0.teamAPIKeys.list(in: team, page: PageRequest()) },
            Call("teamAPIKeys.list, next page") { _ = try await $0.teamAPIKeys.list(in: team, page: page) },
            Call("teamAPIKeys.count") { _ = try await $0.teamAPIKeys.count(in: team) },
            Call("teamAPIKeys.update") { _ = try await $0.teamAPIKeys.update(key) },
            Call("teamAPIKeys.rotateSecret") {
                _ = try await $0.teamAPIKeys.rotateSecret(
                    of: key.id, in: team, to: [1], formerUntil: time, at: time)
            },
            Call("teamAPIKeys.touch") {
                try await $0.teamAPIKeys.touch(
                    key.id, in: team, use: TeamAPIKey.Use(time: time, address: nil), interval: .minutes(5))
            },
            Call("teamAPIKeys.remove") { _ = try await $0.teamAPIKeys.remove(key.id, from: team) },
            Call("teamMembers.hasMember") {
                _ = try await $0.teamMembers.hasMember(emailKey: "a@b.org", in: team)
            },
            Call("invitations.find") { _ = try await $0.invitations.find(session.cast(), in: team) },
            Call("invitations.find(hash:)") { _ = try await $0.invitations.find(hash: [1]) },
            Call("invitations.list") { _ = try await $0.invitations.list(in: team, page: PageRequest()) },
            Call("invitations.list, next page") { _ = try await $0.invitations.list(in: team, page: page) },
            Call("invitations.hasOpen") { _ = try await $0.invitations.hasOpen(to: "a@b.org", in: team) },
            Call("invitations.openCount") { _ = try await $0.invitations.openCount(in: team, at: time) },
            Call("invitations.end") {
                _ = try await $0.invitations.end(session.cast(), in: team, as: .revoked, at: time)
            },
            Call("invitations.endExpired(to:)") {
                try await $0.invitations.endExpired(to: "a@b.org", in: team, at: time)
            },
            Call("invitations.renew") {
                _ = try await $0.invitations.renew(session.cast(), in: team, hash: [1], at: time, expiresAt: time)
            },
            Call("invitations.use") { _ = try await $0.invitations.use(session.cast(), in: team) },
            Call("invitations.count") { _ = try await $0.invitations.count(with: session.cast(), in: team) },
        ]
    }()
}

import Core
import DatabaseSupport
import Persistence

@testable import PersistencePostgreSQL

extension QueryPlanTests {
    /// What is asked of teams, their members, roles, grants and invitations.
    static let ofTeams: [Call] = {
        let (user, session) = (ID<User>(high: 1, low: 1), ID<Session>(high: 1, low: 2))
        let time = TestDatabase.migratedAt
        let page = PageRequest(limit: 20, after: Cursor(time: time, id: session))
        let team = ID<Team>(high: 1, low: 9)
        let item = ResourceReference(type: .file, id: "a")
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
            Call("teamMembers.owners") { _ = try await $0.teamMembers.owners(in: team) },
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
            Call("teams.find(on:)") { _ = try await $0.teams.find(team, by: user, on: item) },
            Call("teamGrants.find") { _ = try await $0.teamGrants.find(session.cast(), in: team) },
            Call("teamGrants.list") {
                _ = try await $0.teamGrants.list(in: team, matching: TeamGrantFilter(), page: PageRequest())
            },
            Call("teamGrants.list, next page") {
                _ = try await $0.teamGrants.list(in: team, matching: TeamGrantFilter(), page: page)
            },
            Call("teamGrants.list, on one thing") {
                let filter = TeamGrantFilter(type: item.type, item: item.id)
                _ = try await $0.teamGrants.list(in: team, matching: filter, page: PageRequest())
            },
            Call("teamGrants.counts") { _ = try await $0.teamGrants.counts(in: team, on: item) },
            Call("teamGrants.remove") { _ = try await $0.teamGrants.remove(session.cast(), in: team) },
            Call("teamGrants.removeAll") { _ = try await $0.teamGrants.removeAll(on: item, in: team) },
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
            Call("invitations.endOpen(to:)") {
                _ = try await $0.invitations.endOpen(to: "a@b.org", in: team, as: .accepted, at: time)
            },
            Call("teamDomains.find") { _ = try await $0.teamDomains.find(session.cast(), in: team) },
            Call("teamDomains.findVerified") { _ = try await $0.teamDomains.findVerified("b.org", in: team) },
            Call("teamDomains.list") { _ = try await $0.teamDomains.list(in: team, page: PageRequest()) },
            Call("teamDomains.list, next page") { _ = try await $0.teamDomains.list(in: team, page: page) },
            Call("teamDomains.count") { _ = try await $0.teamDomains.count(in: team) },
            Call("teamDomains.count(with:)") { _ = try await $0.teamDomains.count(with: session.cast(), in: team) },
            Call("teamDomains.setMail") {
                _ = try await $0.teamDomains.setMail(hash: [1], expiresAt: time, of: session.cast(), in: team)
            },
            Call("teamDomains.verify") {
                _ = try await $0.teamDomains.verify(
                    session.cast(), in: team, as: TeamDomain.Verification(proof: .dns, verifiedAt: time))
            },
            Call("teamDomains.remove") { _ = try await $0.teamDomains.remove(session.cast(), in: team) },
            Call("teamDomains.removeExpired") {
                try await $0.teamDomains.removeExpired("b.org", in: team, at: time)
            },
            Call("barredUsers.contains") { _ = try await $0.barredUsers.contains(user, in: team) },
            Call("barredUsers.remove") { _ = try await $0.barredUsers.remove(user, in: team) },
            Call("invitations.renew") {
                _ = try await $0.invitations.renew(session.cast(), in: team, hash: [1], at: time, expiresAt: time)
            },
            Call("invitations.use") { _ = try await $0.invitations.use(session.cast(), in: team) },
            Call("invitations.count") { _ = try await $0.invitations.count(with: session.cast(), in: team) },
        ]
    }()
}

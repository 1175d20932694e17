import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let teamGrants: [Contract] = [
        Contract("grants are found as they were written, and listed latest first") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            try await context.addMember(grace, to: team, as: .viewer)
            let role = try await context.addRole(in: team)
            var made: [TeamGrant] = []
            for subject in [TeamGrantSubject.member(grace.id), .role(.viewer), .role(.custom(role.id))] {
                for item in [ResourceReference.report, .letter] {
                    context.time.advance(by: .seconds(1))
                    made.insert(
                        try await context.addGrant(.filesWrite, on: item, to: subject, in: team, by: ada), at: 0)
                }
            }
            let grants = context.store(of: ada, in: team).teamGrants
            let first = try await grants.list(in: team.id, matching: TeamGrantFilter(), page: PageRequest(limit: 4))
            let second = try await grants.list(
                in: team.id, matching: TeamGrantFilter(), page: PageRequest(limit: 4, after: first.next))
            #expect(first.items + second.items == made && second.next == nil)
            for grant in made { #expect(try await grants.find(grant.id, in: team.id) == grant) }
            for filter in [TeamGrantFilter(type: .file, item: "report"), TeamGrantFilter(item: "report")] {
                let found = try await grants.list(in: team.id, matching: filter, page: PageRequest())
                #expect(found.items == made.filter { $0.grant.item == .report })
            }
            let none = TeamGrantFilter(type: .conversation)
            #expect(try await grants.list(in: team.id, matching: none, page: PageRequest()).items.isEmpty)
            #expect(
                try await grants.counts(in: team.id, on: .report) == TeamGrantCounts(inTeam: 6, onItem: 3))
        },
        Contract("a permission on a thing is granted to somebody once") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let role = try await context.addRole(in: team)
            for subject in [TeamGrantSubject.member(ada.id), .role(.viewer), .role(.custom(role.id))] {
                try await context.addGrant(.filesRead, on: .report, to: subject, in: team, by: ada)
                try await context.addGrant(.filesWrite, on: .report, to: subject, in: team, by: ada)
                await #expect(throws: DatabaseError.duplicate(.resourceGrant)) {
                    try await context.addGrant(.filesRead, on: .report, to: subject, in: team, by: ada)
                }
            }
        },
        Contract("nothing is granted to who is not in the team, nor to a role of another") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: grace)
            let role = try await context.addRole(in: other)
            for subject in [TeamGrantSubject.member(grace.id), .role(.custom(role.id))] {
                await #expect(throws: DatabaseError.unexpected(code: "23503")) {
                    try await context.addGrant(.filesRead, on: .report, to: subject, in: team, by: ada)
                }
            }
        },
        Contract("names of things have bounds") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let long = String(repeating: "a", count: 101)
            for item in [
                ResourceReference(type: .file, id: ""), ResourceReference(type: .file, id: long),
                ResourceReference(type: ResourceType(rawValue: ""), id: "a"),
                ResourceReference(type: ResourceType(rawValue: String(long.prefix(41))), id: "a"),
            ] {
                await #expect(throws: DatabaseError.unexpected(code: "23514")) {
                    try await context.addGrant(.filesRead, on: item, to: .role(.viewer), in: team, by: ada)
                }
            }
        },
        Contract("a team is found with what somebody was granted on one thing") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let role = try await context.addRole(in: team)
            try await context.addMember(grace, to: team, as: .viewer)
            let given: [(Permission, ResourceReference, TeamGrantSubject)] = [
                (.filesRead, .report, .member(grace.id)), (.filesWrite, .report, .role(.viewer)),
                (.aiUse, .report, .role(.custom(role.id))), (.auditRead, .report, .member(ada.id)),
                (.teamWrite, .report, .role(.admin)), (.billingRead, .letter, .member(grace.id)),
            ]
            for (permission, item, subject) in given {
                try await context.addGrant(permission, on: item, to: subject, in: team, by: ada)
            }
            for scope in [Scope.system, .team(team.id, grace.id)] {
                let teams = context.database.scoped(scope).teams
                let seen = try #require(try await teams.find(team.id, by: grace.id, on: .report))
                #expect(seen.team == team && seen.member?.userID == grace.id)
                #expect(
                    seen.grants == [
                        ResourceGrant(.filesRead, on: .report), ResourceGrant(.filesWrite, on: .report),
                    ])
                #expect(try await teams.find(team.id, by: context.makeID(), on: .report)?.grants == [])
            }
            let members = context.store(of: ada, in: team).teamMembers
            #expect(try await members.setRole(.custom(role.id), of: grace.id, in: team.id, at: context.now))
            let seen = try await context.store(of: grace, in: team).teams.find(team.id, by: grace.id, on: .report)
            #expect(seen?.grants == [ResourceGrant(.filesRead, on: .report), ResourceGrant(.aiUse, on: .report)])
            #expect(try await context.store(of: grace).teams.find(team.id, by: grace.id, on: .report)?.grants == [])
        },
        Contract("grants go with the membership, the role, the thing and the team") { context async throws in
            let (ada, grace, linus) = (
                try await context.addUser(), try await context.addUser(), try await context.addUser()
            )
            let (team, _) = try await context.addTeam(of: ada)
            for user in [grace, linus] { try await context.addMember(user, to: team, as: .viewer) }
            let role = try await context.addRole(in: team)
            let subjects = [
                TeamGrantSubject.member(grace.id), .member(linus.id), .role(.custom(role.id)), .role(.viewer),
            ]
            for subject in subjects {
                for item in [ResourceReference.report, .letter] {
                    try await context.addGrant(.filesRead, on: item, to: subject, in: team, by: ada)
                }
            }
            let store = context.store(of: ada, in: team)
            let left = { @Sendable () async throws -> Int in
                try await store.teamGrants.counts(in: team.id, on: .report).inTeam
            }
            #expect(try await store.teamMembers.remove(grace.id, from: team.id))
            #expect(try await left() == 6)
            try await context.addMember(grace, to: team, as: .viewer)
            #expect(try await left() == 6, "a member who comes back has nothing of before")
            #expect(try await store.teamRoles.remove(role.id, in: team.id))
            #expect(try await left() == 4)
            _ = try await context.system.teamMembers.removeAll(of: linus.id, at: context.now)
            #expect(try await left() == 2)
            #expect(try await store.teamGrants.removeAll(on: .letter, in: team.id) == 1)
            #expect(try await left() == 1)
            #expect(try await store.teams.remove(team.id))
            #expect(try await context.system.teamGrants.counts(in: team.id, on: .report).inTeam == 0)
        },
        Contract("another team's grants are neither there nor to be changed") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: ada)
            let grant = try await context.addGrant(.filesRead, on: .report, to: .role(.viewer), in: other, by: ada)
            for store in [context.store(of: ada, in: team), context.store(of: ada)] {
                let grants = store.teamGrants
                #expect(try await grants.find(grant.id, in: other.id) == nil)
                let page = try await grants.list(in: other.id, matching: TeamGrantFilter(), page: PageRequest())
                #expect(page.items.isEmpty)
                #expect(try await grants.remove(grant.id, in: other.id) == false)
                #expect(try await grants.removeAll(on: .report, in: other.id) == 0)
                await #expect(throws: DatabaseError.unexpected(code: "42501")) { try await grants.insert(grant) }
            }
            #expect(try await context.system.teamGrants.remove(grant.id, in: team.id) == false)
            #expect(try await context.system.teamGrants.remove(grant.id, in: other.id))
            #expect(try await context.system.teamGrants.remove(grant.id, in: other.id) == false)
        },
    ]
}

extension ResourceReference {
    static let report = ResourceReference(type: .file, id: "report")
    static let letter = ResourceReference(type: .file, id: "letter")
}

extension ContractContext {
    @discardableResult
    func addGrant(
        _ permission: Permission, on item: ResourceReference, to subject: TeamGrantSubject, in team: Team, by user: User
    ) async throws -> TeamGrant {
        let grant = TeamGrant(
            id: makeID(), teamID: team.id, subject: subject, grant: ResourceGrant(permission, on: item),
            grantedBy: user.id, createdAt: now)
        try await store(of: user, in: team).teamGrants.insert(grant)
        return grant
    }
}

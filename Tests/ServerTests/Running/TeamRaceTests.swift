import Core
import Persistence
import PersistencePostgreSQL
import Teams
import Testing

@testable import Auth

/// Acts of teams by two instances at once, with exact outcomes.
/// One race at a time: beside several of them a server that another test starts would not be let in within its time.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct TeamRaceTests {
    private static let rounds = 5

    @Test func `of two owners who leave at once, one stays`() async throws {
        try await Instances.with { instances in
            for round in 0..<Self.rounds {
                let owners = [
                    try await instances.signedIn("one\(round)@example.com", isSuperuser: false),
                    try await instances.signedIn("two\(round)@example.com", isSuperuser: false),
                ]
                let team = try await instances.team(of: owners[0], named: "Team \(round)")
                try await instances.join(team, owners[1], as: .owner)
                let results = await instances.raceTeams(2) { teams, index in
                    try await teams.leave(team.id, by: owners[index], origin: .none)
                }
                #expect(results.count { (try? $0.get()) != nil } == 1)
                for case .failure(let error) in results { #expect(error as? TeamError == .lastOwner) }
                let left = try await instances.members(of: team)
                let stayed = try #require(left.first)
                #expect(left.count == 1 && stayed.role.id == .owner)
                #expect(try await instances.find(team)?.ownerID == stayed.userID)
            }
        }
    }

    @Test func `an owner who leaves and one who deletes the account: one of the two is refused`() async throws {
        try await Instances.with { instances in
            for round in 0..<Self.rounds {
                let leaving = try await instances.signedIn("one\(round)@example.com", isSuperuser: false)
                let deleting = try await instances.signedIn("two\(round)@example.com", isSuperuser: false)
                let team = try await instances.team(of: leaving, named: "Team \(round)")
                try await instances.join(team, deleting, as: .owner)
                let results = await instances.race(2) { index -> Bool in
                    if index == 0 {
                        try await instances.teams[0].leave(team.id, by: leaving, origin: .none)
                    } else {
                        _ = try await instances.accounts[1].requestDeletion(of: deleting, origin: .none)
                    }
                    return true
                }
                #expect(results.count { (try? $0.get()) != nil } == 1, "\(results)")
                for case .failure(let error) in results {
                    #expect(error as? TeamError == .lastOwner || error as? AuthError == .soleOwner)
                }
            }
        }
    }

    @Test func `thirty who take one invitation at once are one member`() async throws {
        try await Instances.with(seats: 2) { instances in
            let owner = try await instances.signedIn("ada@example.com", isSuperuser: false)
            let grace = try await instances.signedIn("grace@example.com", isSuperuser: false)
            let team = try await instances.team(of: owner)
            _ = try await instances.teams[0].invite(
                grace.user.email, as: .member, to: team.id, by: owner, origin: .none)
            let token = try await instances.invitationToken()
            let results = await instances.raceTeams(30) { teams, _ in
                try await teams.accept(token, by: grace, origin: .none)
            }
            #expect(results.count { (try? $0.get()) != nil } == 1)
            for case .failure(let error) in results { #expect(error as? TeamError == .invitationUnavailable) }
            #expect(try await instances.members(of: team).count == 2)
        }
    }

    @Test func `thirty who take one link at once fill the seats and no more`() async throws {
        try await Instances.with(seats: 8) { instances in
            let owner = try await instances.signedIn("ada@example.com", isSuperuser: false)
            let team = try await instances.team(of: owner)
            var people: [Principal] = []
            for number in 0..<30 {
                people.append(try await instances.signedIn("p\(number)@example.com", isSuperuser: false))
            }
            let link = try await instances.teams[0].createInvitationLink(
                to: team.id, as: .member, domains: [], mostUses: nil, by: owner, origin: .none)
            let results = await instances.raceTeams(30) { [people] teams, index in
                try await teams.accept(link.token, by: people[index], origin: .none)
            }
            #expect(results.count { (try? $0.get()) != nil } == 7)
            for case .failure(let error) in results {
                #expect(error as? TeamError == .upgradeRequired(limit: 8, used: 8))
            }
            #expect(try await instances.members(of: team).count == 8)
        }
    }

    @Test func `thirty invitations at once hold the seats and no more`() async throws {
        try await Instances.with(seats: 10) { instances in
            let owner = try await instances.signedIn("ada@example.com", isSuperuser: false)
            let team = try await instances.team(of: owner)
            let results = await instances.raceTeams(30) { teams, index in
                let email = "p\(index)@example.com"
                return try await teams.invite(
                    EmailAddress(storedText: email, key: email), as: .member, to: team.id, by: owner, origin: .none)
            }
            #expect(results.count { (try? $0.get()) != nil } == 9)
            for case .failure(let error) in results {
                #expect(error as? TeamError == .upgradeRequired(limit: 10, used: 10))
            }
        }
    }

    @Test func `of rotations of one key at once one secret is left that lasts`() async throws {
        try await Instances.with { instances in
            let owner = try await instances.signedIn("ada@example.com", isSuperuser: false)
            let team = try await instances.team(of: owner)
            let made = try await instances.teams[0].createKey(
                TeamKeyTraits(name: "Deploy", scopes: Scopes([.teamRead])), in: team.id, by: owner, origin: .none)
            var hashes = [made.secret.hash]
            for overlap in [Duration.zero, .hours(1)] {
                let results = await instances.raceTeams(8) { teams, _ in
                    try await teams.rotateKey(
                        made.key.id, of: team.id, overlap: overlap, by: owner, origin: .none)
                }
                let secrets = try results.map { try $0.get().secret }
                hashes += secrets.map(\.hash)
                #expect(Set(hashes).count == hashes.count)
                let stored = try #require(
                    try await instances.databases[1].scoped(.system).teamAPIKeys.authenticate(made.key.id))
                #expect(secrets.count { $0.hash == stored.hashes.current } == 1)
                #expect(secrets.count { $0.hash == stored.hashes.former } == (overlap == .zero ? 0 : 1))
                var working = 0
                for secret in secrets where (try? await instances.accounts[0].authenticate(secret)) != nil {
                    working += 1
                }
                #expect(working == (overlap == .zero ? 1 : 2))
            }
        }
    }

    @Test func `of keys made at once a team has so many and no more`() async throws {
        try await Instances.with { instances in
            let owner = try await instances.signedIn("ada@example.com", isSuperuser: false)
            let team = try await instances.team(of: owner)
            let traits = TeamKeyTraits(name: "Deploy", scopes: Scopes([.teamRead]))
            for _ in 0..<(Teams.mostKeys - 5) {
                _ = try await instances.teams[0].createKey(traits, in: team.id, by: owner, origin: .none)
            }
            let results = await instances.raceTeams(12) { teams, _ in
                try await teams.createKey(traits, in: team.id, by: owner, origin: .none)
            }
            #expect(results.count { (try? $0.get()) != nil } == 5)
            for case .failure(let error) in results { #expect(error as? TeamError == .tooMany) }
        }
    }

    @Test func `who is demoted while acting has acted before, or not at all`() async throws {
        try await Instances.with { instances in
            let owner = try await instances.signedIn("ada@example.com", isSuperuser: false)
            for round in 0..<Self.rounds {
                let admin = try await instances.signedIn("adam\(round)@example.com", isSuperuser: false)
                let member = try await instances.signedIn("mia\(round)@example.com", isSuperuser: false)
                let team = try await instances.team(of: owner, named: "Team \(round)")
                try await instances.join(team, admin, as: .admin)
                try await instances.join(team, member, as: .member)
                let results = await instances.raceTeams(12) { teams, index -> Bool in
                    guard index != 6 else {
                        _ = try await teams.setRole(
                            .viewer, of: admin.user.id, in: team.id, by: owner, origin: .none)
                        return false
                    }
                    try await teams.remove(member.user.id, from: team.id, by: admin, origin: .none)
                    return true
                }
                let removals = results.count { (try? $0.get()) == true }
                #expect(removals <= 1)
                for case .failure(let error) in results {
                    #expect([.forbidden, .notFound].contains(error as? TeamError))
                }
                let left = try await instances.members(of: team).map(\.userID)
                #expect(left.contains(member.user.id) == (removals == 0))
            }
        }
    }
}

extension Instances {
    func team(of owner: Principal, named name: String = "Engines") async throws -> Team {
        try await teams[0].create(name: TeamName(stored: name), slug: nil, by: owner, origin: .none).team
    }

    fileprivate func join(_ team: Team, _ principal: Principal, as role: RoleID) async throws {
        try await databases[0].scoped(.system).teamMembers.insert(
            TeamMember(
                teamID: team.id, userID: principal.user.id,
                role: AssignedRole(id: role, role: role.builtInRole ?? .custom([])), joinedAt: TimeSource.system.now()))
    }

    fileprivate func find(_ team: Team) async throws -> Team? {
        try await databases[0].scoped(.system).teams.find(team.id, by: team.ownerID)?.team
    }

    func members(of team: Team) async throws -> [TeamMember] {
        try await databases[0].scoped(.system).teamMembers.list(in: team.id, page: PageRequest(limit: 100)).items
            .map(\.member)
    }

    /// The token in the newest mail, as it is derived when that is sent.
    fileprivate func invitationToken() async throws -> String {
        let page = try await databases[0].jobQueue.list(
            state: nil, name: OutgoingMail.jobName, page: PageRequest(limit: 1))
        let job = try #require(page.items.first?.job)
        let mail: OutgoingMail = try job.decoded()
        return OneTimeTokens(keys: keys).token(for: job.id, purpose: try #require(mail.token).purpose)
    }
}

import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let teamDomains: [Contract] = [
        Contract("a domain is found as it was written, and once in a team") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let role = try await context.addRole(in: team)
            let domains = context.store(of: ada, in: team).teamDomains
            for (name, role) in [("example.org", RoleID.viewer), ("example.com", .custom(role.id))] {
                let domain = try TeamDomain.sample(context, name, of: team, by: ada, as: role)
                try await domains.insert(domain)
                #expect(try await domains.find(domain.id, in: team.id) == domain)
            }
            await #expect(throws: DatabaseError.duplicate(.teamDomain)) {
                try await domains.insert(.sample(context, "example.org", of: team, by: ada))
            }
            #expect(try await domains.count(in: team.id) == 2)
            #expect(try await domains.count(with: role.id, in: team.id) == 1)
            #expect(try await domains.find(context.makeID(), in: team.id) == nil)
            await #expect(throws: DatabaseError.unexpected(code: "23503")) {
                try await context.system.teamRoles.remove(role.id, in: team.id)
            }
            await #expect(throws: DatabaseError.unexpected(code: "23514")) {
                try await domains.insert(.sample(context, "example.net", of: team, by: ada, as: .owner))
            }
        },
        Contract("many say that a domain is theirs, one has proven it") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: grace)
            let (own, theirs) = (context.store(of: ada, in: team), context.store(of: grace, in: other))
            let mine = try await context.addDomain("example.org", of: team, by: ada)
            let foreign = try await context.addDomain("example.org", of: other, by: grace)
            #expect(try await own.teamDomains.findVerified("example.org", in: team.id) == nil)
            let proof = TeamDomain.Verification(proof: .dns, verifiedAt: context.now)
            #expect(try await own.teamDomains.verify(mine.id, in: team.id, as: proof))
            #expect(try await own.teamDomains.verify(mine.id, in: team.id, as: proof) == false)
            #expect(try await own.teamDomains.findVerified("example.org", in: team.id)?.verification == proof)
            await #expect(throws: DatabaseError.duplicate(.verifiedDomain)) {
                try await theirs.teamDomains.verify(foreign.id, in: other.id, as: proof)
            }
            #expect(try await own.teamDomains.remove(mine.id, in: team.id))
            #expect(try await own.teamDomains.remove(mine.id, in: team.id) == false)
            #expect(try await theirs.teamDomains.verify(foreign.id, in: other.id, as: proof))
        },
        Contract("of teams that prove one domain at once one wins") { context async throws in
            var claims: [(Team, TeamDomain)] = []
            for _ in 0..<8 {
                let owner = try await context.addUser()
                let (team, _) = try await context.addTeam(of: owner)
                claims.append((team, try await context.addDomain("example.org", of: team, by: owner)))
            }
            let proof = TeamDomain.Verification(proof: .dns, verifiedAt: context.now)
            let outcomes = await race(claims.count) { [claims] number in
                let (team, domain) = claims[number]
                return try await context.system.teamDomains.verify(domain.id, in: team.id, as: proof)
            }
            #expect(outcomes.count { (try? $0.get()) == true } == 1)
            for case .failure(let error) in outcomes {
                #expect(error as? DatabaseError == .duplicate(.verifiedDomain))
            }
        },
        Contract("of two tokens mailed the later one finds the domain, until it is proven") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let domain = try await context.addDomain("example.org", of: team, by: ada)
            let (own, system) = (context.store(of: ada, in: team).teamDomains, context.system.teamDomains)
            let (first, second) = (context.makeHash(), context.makeHash())
            #expect(try await own.setMail(hash: first, expiresAt: context.now, of: domain.id, in: team.id))
            let later = context.now + .hours(1)
            #expect(try await own.setMail(hash: second, expiresAt: later, of: domain.id, in: team.id))
            #expect(try await system.find(mailHash: first) == nil)
            let found = try #require(try await system.find(mailHash: second))
            #expect(found.domain == domain && found.mailExpiresAt == later)
            let proof = TeamDomain.Verification(proof: .email, verifiedAt: context.now)
            #expect(try await system.verify(domain.id, in: team.id, as: proof))
            #expect(try await system.find(mailHash: second) == nil)
            #expect(try await own.setMail(hash: first, expiresAt: later, of: domain.id, in: team.id) == false)
        },
        Contract("a team is open to whoever is neither in it nor barred, once its domain is proven") {
            context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let system = context.system
            let domain = try await context.addDomain("example.org", of: team, by: ada)
            #expect(try await system.teamDomains.findJoinable("example.org", by: grace.id) == nil)
            let proof = TeamDomain.Verification(proof: .dns, verifiedAt: context.now)
            #expect(try await system.teamDomains.verify(domain.id, in: team.id, as: proof))
            let seen = try #require(try await system.teamDomains.findJoinable("example.org", by: grace.id))
            #expect(seen.team == team && seen.domain.id == domain.id && seen.domain.verification == proof)
            #expect(try await system.teamDomains.findJoinable("example.com", by: grace.id) == nil)
            #expect(try await system.teamDomains.findJoinable("example.org", by: ada.id) == nil)
            try await system.barredUsers.insert(grace.id, in: team.id, at: context.now)
            #expect(try await system.teamDomains.findJoinable("example.org", by: grace.id) == nil)
        },
        Contract("the domains of a team are listed latest first, in pages") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            var written: [TeamDomain] = []
            for number in 0..<5 {
                written.insert(try await context.addDomain("d\(number).example.org", of: team, by: ada), at: 0)
                context.time.advance(by: .seconds(1))
            }
            let domains = context.store(of: ada, in: team).teamDomains
            try await expectPages(of: written) { try await domains.list(in: team.id, page: $0) }
        },
        Contract("what was not proven in time is removed, by its name or by its time") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let (own, system) = (context.store(of: ada, in: team).teamDomains, context.system.teamDomains)
            let over = try await context.addDomain("example.org", of: team, by: ada)
            let proven = try await context.addDomain("example.com", of: team, by: ada)
            _ = try await context.addDomain("example.net", of: team, by: ada)
            let proof = TeamDomain.Verification(proof: .dns, verifiedAt: context.now)
            #expect(try await system.verify(proven.id, in: team.id, as: proof))
            let end = over.expiresAt
            try await own.removeExpired("example.org", in: team.id, at: end - .microseconds(1))
            #expect(try await own.find(over.id, in: team.id) == over)
            try await own.removeExpired("example.org", in: team.id, at: end)
            try await own.removeExpired("example.com", in: team.id, at: end)
            #expect(try await own.find(over.id, in: team.id) == nil)
            #expect(try await system.remove(expiredBefore: end) == 0)
            #expect(try await system.remove(expiredBefore: end + .microseconds(1)) == 1)
            #expect(try await own.list(in: team.id, page: PageRequest()).items.map(\.id) == [proven.id])
        },
        Contract("a proof by the DNS is looked at anew, and may be taken away") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let domains = context.system.teamDomains
            let first = try await context.addDomain("example.org", of: team, by: ada)
            let second = try await context.addDomain("example.com", of: team, by: ada)
            let mailed = try await context.addDomain("example.net", of: team, by: ada)
            let start = context.now
            for (domain, proof, offset) in [(first, TeamDomain.Proof.dns, 1), (second, .dns, 0), (mailed, .email, 0)] {
                let at = start + .seconds(offset)
                #expect(
                    try await domains.verify(
                        domain.id, in: team.id, as: TeamDomain.Verification(proof: proof, verifiedAt: at)))
            }
            #expect(try await domains.listToCheck(checkedBefore: start, limit: 9).isEmpty)
            let due = try await domains.listToCheck(checkedBefore: start + .days(1), limit: 9)
            #expect(due.map(\.domain.id) == [second.id, first.id] && due.allSatisfy { $0.missingSince == nil })
            #expect(try await domains.listToCheck(checkedBefore: start + .days(1), limit: 1).count == 1)
            for domain in [second, mailed] {
                try await domains.setChecked(domain.id, in: team.id, at: start + .days(1), missingSince: start)
            }
            #expect(
                try await domains.listToCheck(checkedBefore: start + .days(1), limit: 9).map(\.domain.id) == [first.id])
            let later = try await domains.listToCheck(checkedBefore: start + .days(2), limit: 9)
            #expect(later.map(\.missingSince) == [nil, start])
            #expect(try await domains.unverify(second.id, in: team.id, expiresAt: start + .days(9)))
            #expect(try await domains.unverify(second.id, in: team.id, expiresAt: start + .days(9)) == false)
            #expect(try await domains.unverify(mailed.id, in: team.id, expiresAt: start + .days(9)) == false)
            let seen = try #require(try await domains.find(second.id, in: team.id))
            #expect(seen.verification == nil && seen.expiresAt == start + .days(9))
            #expect(try await domains.findVerified("example.com", in: team.id) == nil)
            let anew = TeamDomain.Verification(proof: .dns, verifiedAt: start + .days(3))
            #expect(try await domains.verify(second.id, in: team.id, as: anew))
            let again = try await domains.listToCheck(checkedBefore: start + .days(4), limit: 9)
            let proven = try #require(try await domains.find(second.id, in: team.id))
            #expect(again.last == DomainCheck(domain: proven, missingSince: nil))
        },
        Contract("another team's domains are neither there nor to be changed") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: grace)
            let foreign = try await context.addDomain("example.org", of: other, by: grace)
            let (hash, proof) = (
                context.makeHash(), TeamDomain.Verification(proof: .dns, verifiedAt: context.now)
            )
            for store in [context.store(of: ada, in: team), context.store(of: ada)] {
                let domains = store.teamDomains
                #expect(try await domains.find(foreign.id, in: other.id) == nil)
                #expect(try await domains.list(in: other.id, page: PageRequest()).items.isEmpty)
                #expect(try await domains.count(in: other.id) == 0)
                #expect(try await domains.remove(foreign.id, in: other.id) == false)
                #expect(try await domains.verify(foreign.id, in: other.id, as: proof) == false)
                #expect(
                    try await domains.setMail(hash: hash, expiresAt: context.now, of: foreign.id, in: other.id)
                        == false)
                await #expect(throws: DatabaseError.unexpected(code: "42501")) {
                    try await domains.insert(.sample(context, "example.com", of: other, by: ada))
                }
            }
            #expect(try await context.system.teamDomains.find(foreign.id, in: other.id) == foreign)
        },
        Contract("who is barred is until it is lifted, in that team") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: ada)
            let barred = context.store(of: ada, in: team).barredUsers
            for _ in 0..<2 { try await barred.insert(grace.id, in: team.id, at: context.now) }
            #expect(try await barred.contains(grace.id, in: team.id))
            #expect(try await context.store(of: grace).barredUsers.contains(grace.id, in: team.id))
            #expect(try await context.store(of: ada).barredUsers.contains(grace.id, in: team.id) == false)
            #expect(try await context.store(of: grace).barredUsers.remove(grace.id, in: team.id) == false)
            #expect(try await barred.contains(ada.id, in: team.id) == false)
            let elsewhere = context.store(of: ada, in: other).barredUsers
            #expect(try await elsewhere.contains(grace.id, in: team.id) == false)
            #expect(try await elsewhere.remove(grace.id, in: team.id) == false)
            await #expect(throws: DatabaseError.unexpected(code: "42501")) {
                try await elsewhere.insert(grace.id, in: team.id, at: context.now)
            }
            #expect(try await barred.remove(grace.id, in: team.id))
            #expect(try await barred.remove(grace.id, in: team.id) == false)
            #expect(try await barred.contains(grace.id, in: team.id) == false)
        },
        Contract("a team takes its domains and who is barred with it, a purge who is") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: ada)
            let domain = try await context.addDomain("example.org", of: team, by: grace)
            for id in [team.id, other.id] {
                try await context.system.barredUsers.insert(grace.id, in: id, at: context.now)
            }
            #expect(try await context.store(of: ada, in: team).teams.remove(team.id))
            #expect(try await context.system.teamDomains.find(domain.id, in: team.id) == nil)
            #expect(try await context.system.barredUsers.contains(grace.id, in: team.id) == false)
            var leaving = grace
            (leaving.deletedAt, leaving.purgeAt) = (context.now, context.now)
            _ = try await context.system.users.update(leaving)
            #expect(try await context.system.users.purge(grace.id, at: context.now))
            #expect(try await context.system.barredUsers.contains(grace.id, in: other.id) == false)
        },
    ]
}

extension TeamDomain {
    static func sample(
        _ context: ContractContext, _ name: String, of team: Team, by user: User, as role: RoleID = .member
    ) throws -> TeamDomain {
        TeamDomain(
            id: context.makeID(), teamID: team.id, name: try #require(DomainName(parsing: name)), role: role,
            challenge: Base64URL.encode(context.makeHash()), addedBy: user.id, createdAt: context.now,
            expiresAt: context.now + .days(7))
    }
}

extension ContractContext {
    func addDomain(_ name: String, of team: Team, by user: User, as role: RoleID = .member) async throws -> TeamDomain {
        let domain = try TeamDomain.sample(self, name, of: team, by: user, as: role)
        try await system.teamDomains.insert(domain)
        return domain
    }
}

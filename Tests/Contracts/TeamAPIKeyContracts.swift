import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let teamAPIKeys: [Contract] = [
        Contract("a team's key is found by its id, with its hashes and what the team asks") { context async throws in
            let (owner, team) = try await context.addTeamWithOwner()
            let (key, hash) = (TeamAPIKey.sample(context, of: team), context.makeHash())
            let keys = context.system.teamAPIKeys
            try await keys.insert(key, hash: hash)
            let found = try #require(try await keys.authenticate(key.id))
            #expect(found.key == key && found.hashes == KeySecretHashes(current: hash))
            #expect(found.settings == team.settings)
            #expect(try await keys.authenticate(context.makeID()) == nil)
            let inside = context.database.scoped(.team(team.id, owner.id)).teamAPIKeys
            #expect(try await inside.find(key.id, in: team.id) == key)
        },
        Contract("a team's keys are listed latest first, counted, changed and removed") { context async throws in
            let (_, team) = try await context.addTeamWithOwner()
            // As a program does that acts on behalf of nobody.
            let keys = context.database.scoped(.team(team.id, nil)).teamAPIKeys
            var written: [TeamAPIKey] = []
            for _ in 0..<5 {
                let key = TeamAPIKey.sample(context, of: team)
                try await keys.insert(key, hash: context.makeHash())
                written.insert(key, at: 0)
                context.time.advance(by: .seconds(1))
            }
            let first = try await keys.list(in: team.id, page: PageRequest(limit: 3))
            let second = try await keys.list(in: team.id, page: PageRequest(limit: 3, after: first.next))
            #expect(first.items + second.items == written)
            #expect(try await keys.count(in: team.id) == 5)
            var changed = written[1]
            changed.name = "Reports"
            changed.scopes = Scopes([.auditRead])
            changed.addressRanges = []
            changed.expiresAt = nil
            changed.updatedAt = context.now
            #expect(try await keys.update(changed))
            #expect(try await keys.find(changed.id, in: team.id) == changed)
            #expect(try await keys.remove(written[0].id, from: team.id))
            #expect(try await keys.remove(written[0].id, from: team.id) == false)
            #expect(try await keys.update(written[0]) == false)
            #expect(try await context.system.teamAPIKeys.authenticate(written[0].id) == nil)
        },
        Contract("a rotated secret leaves the one before until its time, or not at all") { context async throws in
            let (_, team) = try await context.addTeamWithOwner()
            let (key, keys) = (TeamAPIKey.sample(context, of: team), context.system.teamAPIKeys)
            let hashes = (0..<4).map { _ in context.makeHash() }
            try await keys.insert(key, hash: hashes[0])
            let until = context.now + .hours(1)
            for (index, formerUntil) in [(1, until), (2, until), (3, nil)] as [(Int, Timestamp?)] {
                #expect(
                    try await keys.rotateSecret(
                        of: key.id, in: team.id, to: hashes[index], formerUntil: formerUntil, at: context.now))
                let found = try #require(try await keys.authenticate(key.id))
                let former = formerUntil == nil ? nil : hashes[index - 1]
                #expect(found.hashes == KeySecretHashes(current: hashes[index], former: former))
                #expect(found.key.formerSecretUntil == formerUntil)
            }
            #expect(
                try await keys.rotateSecret(
                    of: context.makeID(), in: team.id, to: hashes[0], formerUntil: nil, at: context.now) == false)
        },
        Contract("a team's key's use is noted at most once an interval, with its address") { context async throws in
            let (_, team) = try await context.addTeamWithOwner()
            let key = TeamAPIKey.sample(context, of: team)
            let keys = context.database.scoped(.team(team.id, nil)).teamAPIKeys
            try await keys.insert(key, hash: context.makeHash())
            #expect(try await keys.find(key.id, in: team.id)?.lastUse == nil)
            for (after, noted) in [(0, 0), (4, 0), (6, 6)] as [(Int64, Int64)] {
                let use = TeamAPIKey.Use(time: context.now + .minutes(after), address: "192.0.2.\(after)")
                try await keys.touch(key.id, in: team.id, use: use, interval: .minutes(5))
                #expect(
                    try await keys.find(key.id, in: team.id)?.lastUse
                        == TeamAPIKey.Use(time: context.now + .minutes(noted), address: "192.0.2.\(noted)"))
            }
        },
        Contract("another team's keys are not there, and a team takes its keys along") { context async throws in
            let (owner, team) = try await context.addTeamWithOwner()
            let (_, other) = try await context.addTeamWithOwner()
            let key = TeamAPIKey.sample(context, of: team)
            try await context.system.teamAPIKeys.insert(key, hash: context.makeHash())
            for scope in [.team(other.id, owner.id), .team(other.id, nil), .user(owner.id)] as [Scope] {
                let keys = context.database.scoped(scope).teamAPIKeys
                #expect(try await keys.authenticate(key.id) == nil)
                #expect(try await keys.find(key.id, in: team.id) == nil)
                #expect(try await keys.list(in: team.id, page: PageRequest()).items.isEmpty)
                #expect(try await keys.update(key) == false)
                #expect(try await keys.remove(key.id, from: team.id) == false)
                await #expect(throws: DatabaseError.unexpected(code: "42501")) {
                    try await keys.insert(.sample(context, of: team), hash: context.makeHash())
                }
            }
            #expect(try await context.system.teams.remove(team.id))
            #expect(try await context.system.teamAPIKeys.authenticate(key.id) == nil)
        },
        Contract("on behalf of nobody a team is there, and nobody's part in it") { context async throws in
            let (_, team) = try await context.addTeamWithOwner()
            let (_, other) = try await context.addTeamWithOwner()
            let teams = context.database.scoped(.team(team.id, nil)).teams
            #expect(try await teams.find(team.id, by: nil) == TeamSeen(team: team, member: nil))
            #expect(try await teams.findLocked(team.id, by: nil) == TeamSeen(team: team, member: nil))
            #expect(try await teams.find(other.id, by: nil) == nil)
        },
        Contract("programs claim keys of requests in the scope they act in, and in no other") { context async throws in
            let (owner, team) = try await context.addTeamWithOwner()
            let (stranger, other) = try await context.addTeamWithOwner()
            let (own, teams) = (APIKey.ofRequests(context, owner), TeamAPIKey.sample(context, of: team))
            try await context.system.apiKeys.insert(own, hash: context.makeHash())
            try await context.system.teamAPIKeys.insert(teams, hash: context.makeHash())
            for (principal, scope, foreign) in [
                ("key:\(own.id)", .team(team.id, owner.id), .team(team.id, stranger.id)),
                ("key:\(teams.id)", .team(team.id, nil), .team(other.id, nil)),
            ] as [(String, Scope, Scope)] {
                let key = IdempotencyKey(principal: principal, method: "POST", path: "/", key: "k")
                await #expect(throws: DatabaseError.unexpected(code: "42501")) {
                    try await context.database.transaction(foreign) { store in
                        _ = try await store.idempotency.claim(key, requestHash: context.makeHash(), at: context.now)
                    }
                }
                let claim = try await context.database.transaction(scope) { store in
                    try await store.idempotency.claim(key, requestHash: context.makeHash(), at: context.now)
                }
                #expect(claim == .claimed)
            }
        },
    ]
}

extension ContractContext {
    fileprivate func addTeamWithOwner() async throws -> (owner: User, team: Team) {
        let owner = try await addUser()
        return (owner, try await addTeam(of: owner).team)
    }
}

extension TeamAPIKey {
    static func sample(_ context: ContractContext, of team: Team) -> TeamAPIKey {
        TeamAPIKey(
            id: context.makeID(), teamID: team.id, name: "Deploy", prefix: "plt_AZk1",
            scopes: Scopes([.membersRead, .filesWrite]),
            addressRanges: ["10.0.0.0/8", "2001:db8::/32"].compactMap { AddressRange($0) },
            expiresAt: context.now + .days(30), createdAt: context.now, updatedAt: context.now)
    }
}

extension APIKey {
    fileprivate static func ofRequests(_ context: ContractContext, _ user: User) -> APIKey {
        APIKey(
            id: context.makeID(), userID: user.id, name: "CI", prefix: "plk_AZk1", scopes: Scopes([.rolesWrite]),
            createdAt: context.now)
    }
}

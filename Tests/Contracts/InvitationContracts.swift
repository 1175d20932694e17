import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let invitations: [Contract] = [
        Contract("an invitation is found as it was written, by its id and by its token") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let role = try await context.addRole(in: team)
            let domains = ["example.org", "example.com"].compactMap { DomainName(parsing: $0) }
            let kinds: [(Invitation.Recipient, RoleID)] = [
                (.address(EmailAddress(storedText: "Grace@example.org", key: "grace@example.org")), .viewer),
                (.link(Invitation.Link(domains: domains, mostUses: 3)), .custom(role.id)),
                (.link(Invitation.Link()), .member),
            ]
            let store = context.store(of: ada, in: team)
            for (recipient, role) in kinds {
                let invitation = Invitation.sample(context, in: team, by: ada, to: recipient, as: role)
                let hash = context.makeHash()
                try await store.invitations.insert(invitation, hash: hash)
                #expect(try await store.invitations.find(invitation.id, in: team.id) == invitation)
                let seen = InvitationSeen(invitation: invitation, teamName: team.name, inviter: ada.firstName)
                #expect(try await store.invitations.find(hash: hash) == seen)
                #expect(try await context.system.invitations.find(hash: hash) == seen)
            }
            #expect(try await store.invitations.find(hash: context.makeHash()) == nil)
            #expect(try await store.invitations.find(context.makeID(), in: team.id) == nil)
        },
        Contract("one invitation to an address is open at a time, in each team") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: ada)
            let first = try await context.addInvitation(in: team, by: ada)
            _ = try await context.addInvitation(in: other, by: ada)
            await #expect(throws: DatabaseError.duplicate(.openInvitation)) {
                try await context.addInvitation(in: team, by: ada)
            }
            let invitations = context.system.invitations
            #expect(try await invitations.hasOpen(to: "grace@example.org", in: team.id))
            #expect(try await invitations.end(first.id, in: team.id, as: .declined, at: context.now))
            #expect(try await invitations.hasOpen(to: "grace@example.org", in: team.id) == false)
            _ = try await context.addInvitation(in: team, by: ada)
            // The one that ended can't come back beside it.
            #expect(
                try await invitations.renew(
                    first.id, in: team.id, hash: context.makeHash(), at: context.now, expiresAt: context.now + .days(7))
                    == false)
        },
        Contract("it ends once, and its end is told") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let invitations = context.store(of: ada, in: team).invitations
            for end in Invitation.End.allCases {
                let invitation = try await context.addInvitation(in: team, by: ada)
                #expect(try await invitations.openCount(in: team.id, at: context.now) == 1)
                #expect(try await invitations.end(invitation.id, in: team.id, as: end, at: context.now))
                #expect(try await invitations.end(invitation.id, in: team.id, as: .revoked, at: context.now) == false)
                #expect(try await invitations.find(invitation.id, in: team.id)?.end == end)
                #expect(try await invitations.openCount(in: team.id, at: context.now) == 0)
            }
            #expect(try await invitations.list(in: team.id, page: PageRequest()).items.count == 4)
        },
        Contract("the one to an address that has not ended is ended by the address") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: ada)
            let invitation = try await context.addInvitation(in: team, by: ada)
            let elsewhere = try await context.addInvitation(in: other, by: ada)
            let invitations = context.store(of: ada, in: team).invitations
            let (to, now) = ("grace@example.org", context.now)
            #expect(try await invitations.endOpen(to: to, in: other.id, as: .accepted, at: now) == false)
            #expect(try await invitations.endOpen(to: "ada@example.org", in: team.id, as: .accepted, at: now) == false)
            #expect(try await invitations.endOpen(to: to, in: team.id, as: .accepted, at: now))
            #expect(try await invitations.endOpen(to: to, in: team.id, as: .accepted, at: now) == false)
            #expect(try await invitations.find(invitation.id, in: team.id)?.end == .accepted)
            #expect(try await context.system.invitations.find(elsewhere.id, in: other.id)?.end == nil)
        },
        Contract("its time ends it: it holds no seat, makes room, and can be renewed") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let (system, own) = (context.system.invitations, context.store(of: ada, in: team).invitations)
            let invitation = try await context.addInvitation(in: team, by: ada)
            let over = invitation.expiresAt
            #expect(try await own.openCount(in: team.id, at: over - .seconds(1)) == 1)
            #expect(try await own.openCount(in: team.id, at: over) == 0)
            #expect(try await system.listOpen(to: "grace@example.org", at: over, limit: 9).isEmpty)
            try await own.endExpired(to: "grace@example.org", in: team.id, at: over - .seconds(1))
            #expect(try await own.hasOpen(to: "grace@example.org", in: team.id))
            try await own.endExpired(to: "grace@example.org", in: team.id, at: over)
            #expect(try await own.find(invitation.id, in: team.id)?.end == .expired)
            let hash = context.makeHash()
            #expect(
                try await own.renew(invitation.id, in: team.id, hash: hash, at: over, expiresAt: over + .days(7)))
            let renewed = try #require(try await own.find(hash: hash)?.invitation)
            #expect(renewed.id == invitation.id && renewed.end == nil && renewed.sentAt == over)
            try await own.endExpired(to: "grace@example.org", in: team.id, at: over + .days(7))
            #expect(try await own.hasOpen(to: "grace@example.org", in: team.id) == false)
            _ = try await context.addInvitation(in: team, by: ada)
            #expect(try await system.remove(expiredBefore: over + .days(7)) == 1)
            #expect(try await system.remove(expiredBefore: over + .days(7) + .seconds(1)) == 1)
        },
        Contract("a link is used so often, and holds no seat") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let invitations = context.store(of: ada, in: team).invitations
            let link = Invitation.Link(mostUses: 2)
            let limited = Invitation.sample(context, in: team, by: ada, to: .link(link))
            let free = Invitation.sample(context, in: team, by: ada, to: .link(Invitation.Link()))
            for invitation in [limited, free] {
                try await invitations.insert(invitation, hash: context.makeHash())
            }
            for isLeft in [true, true, false] {
                #expect(try await invitations.use(limited.id, in: team.id) == isLeft)
                #expect(try await invitations.use(free.id, in: team.id))
            }
            #expect(try await invitations.find(limited.id, in: team.id)?.end(at: context.now) == .accepted)
            #expect(try await invitations.openCount(in: team.id, at: context.now) == 0)
            let mailed = try await context.addInvitation(in: team, by: ada)
            #expect(try await invitations.use(mailed.id, in: team.id) == false)
        },
        Contract("a team's invitations are listed latest first, in pages") { context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            var written: [Invitation] = []
            for number in 0..<5 {
                written.insert(
                    try await context.addInvitation(in: team, by: ada, to: "p\(number)@example.org"), at: 0)
                context.time.advance(by: .seconds(1))
            }
            let invitations = context.store(of: ada, in: team).invitations
            let first = try await invitations.list(in: team.id, page: PageRequest(limit: 3))
            let second = try await invitations.list(in: team.id, page: PageRequest(limit: 3, after: first.next))
            #expect(first.items + second.items == written && second.next == nil)
        },
        Contract("who is invited sees it, from every team") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (first, _) = try await context.addTeam(of: ada)
            let (second, _) = try await context.addTeam(of: grace)
            let one = try await context.addInvitation(in: first, by: ada)
            context.time.advance(by: .seconds(1))
            let two = try await context.addInvitation(in: second, by: grace)
            let open = try await context.system.invitations.listOpen(to: "grace@example.org", at: context.now, limit: 9)
            #expect(open.map(\.invitation) == [one, two] && open.map(\.inviter) == [ada.firstName, grace.firstName])
            #expect(
                try await context.system.invitations.listOpen(to: "grace@example.org", at: context.now, limit: 1).count
                    == 1)
        },
        Contract("who is offered a role is counted until it ends, and an ended one outlives the role") {
            context async throws in
            let ada = try await context.addUser()
            let (team, _) = try await context.addTeam(of: ada)
            let role = try await context.addRole(in: team)
            let store = context.store(of: ada, in: team)
            let invitation = Invitation.sample(
                context, in: team, by: ada, to: .link(Invitation.Link()), as: .custom(role.id))
            try await store.invitations.insert(invitation, hash: context.makeHash())
            #expect(try await store.invitations.count(with: role.id, in: team.id) == 1)
            #expect(try await store.invitations.end(invitation.id, in: team.id, as: .revoked, at: context.now))
            #expect(try await store.invitations.count(with: role.id, in: team.id) == 0)
            #expect(try await store.teamRoles.remove(role.id, in: team.id))
            #expect(try await store.invitations.find(invitation.id, in: team.id)?.role == .custom(role.id))
        },
        Contract("another team's invitations are neither there nor to be changed") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let (other, _) = try await context.addTeam(of: grace)
            let foreign = Invitation.sample(context, in: other, by: grace)
            let hash = context.makeHash()
            try await context.system.invitations.insert(foreign, hash: hash)
            for store in [context.store(of: ada, in: team), context.store(of: ada)] {
                let invitations = store.invitations
                #expect(try await invitations.find(foreign.id, in: other.id) == nil)
                #expect(try await invitations.find(hash: hash) == nil)
                #expect(try await invitations.list(in: other.id, page: PageRequest()).items.isEmpty)
                #expect(try await invitations.end(foreign.id, in: other.id, as: .revoked, at: context.now) == false)
                #expect(try await invitations.openCount(in: other.id, at: context.now) == 0)
                await #expect(throws: DatabaseError.unexpected(code: "42501")) {
                    try await invitations.insert(.sample(context, in: other, by: ada), hash: context.makeHash())
                }
            }
            #expect(try await context.system.invitations.find(foreign.id, in: other.id) == foreign)
        },
        Contract("purging a person removes the invitations to their address") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (team, _) = try await context.addTeam(of: ada)
            let invitation = try await context.addInvitation(in: team, by: ada, to: grace.email.key)
            var leaving = grace
            (leaving.deletedAt, leaving.purgeAt) = (context.now, context.now)
            _ = try await context.system.users.update(leaving)
            #expect(try await context.system.users.purge(grace.id, at: context.now))
            #expect(try await context.system.invitations.find(invitation.id, in: team.id) == nil)
        },
    ]
}

extension Invitation {
    fileprivate static func sample(
        _ context: ContractContext, in team: Team, by user: User, to recipient: Recipient? = nil,
        as role: RoleID = .member
    ) -> Invitation {
        let address = Recipient.address(EmailAddress(storedText: "grace@example.org", key: "grace@example.org"))
        return Invitation(
            id: context.makeID(), teamID: team.id, recipient: recipient ?? address, role: role, invitedBy: user.id,
            createdAt: context.now, sentAt: context.now, expiresAt: context.now + .days(7))
    }
}

extension ContractContext {
    fileprivate func addInvitation(
        in team: Team, by user: User, to email: String = "grace@example.org"
    ) async throws -> Invitation {
        let address = EmailAddress(storedText: email, key: email)
        let invitation = Invitation.sample(self, in: team, by: user, to: .address(address))
        try await system.invitations.insert(invitation, hash: makeHash())
        return invitation
    }
}

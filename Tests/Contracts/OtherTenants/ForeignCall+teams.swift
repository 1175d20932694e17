import Core
import Persistence

extension ForeignCall {
    private static let page = PageRequest(limit: 100)

    /// Teams, their members, roles and invitations.
    static let teams: [ForeignCall] = [
        ForeignCall("teams.insert(_:)") { store, tenant, context in
            try await store.teams.insert(.sample(context, of: tenant.user))
            return true
        },
        ForeignCall("teams.find(_:by:)") { try await $0.teams.find($1.team.id, by: $1.user.id) != nil },
        ForeignCall("teams.find(_:by:on:)") {
            try await $0.teams.find($1.team.id, by: $1.user.id, on: $1.grant.grant.item) != nil
        },
        ForeignCall("teams.findLocked(_:by:)") { try await $0.teams.findLocked($1.team.id, by: $1.user.id) != nil },
        ForeignCall("teams.update(_:)") { store, tenant, _ in
            _ = try await store.teams.update(tenant.team)
            return true
        },
        ForeignCall("teams.remove(_:)") { try await $0.teams.remove($1.team.id) },
        ForeignCall("teams.list(of:page:)") { try await !$0.teams.list(of: $1.user.id, page: page).items.isEmpty },
        ForeignCall("teams.list(matching:page:)") { store, tenant, _ in
            let prefix = TeamPrefix(tenant.team.slug.text).map { [TeamFilter.prefix($0)] } ?? []
            for filter in [TeamFilter.everything, .id(tenant.team.id)] + prefix {
                let found = try await store.teams.list(matching: filter, page: page).items
                if found.contains(where: { $0.team.id == tenant.team.id }) { return true }
            }
            return false
        },
        ForeignCall("teams.count(ownedBy:)") { try await $0.teams.count(ownedBy: $1.user.id) > 0 },
        ForeignCall("teams.listOwnedAlone(by:)") { try await !$0.teams.listOwnedAlone(by: $1.user.id).isEmpty },

        ForeignCall("teamMembers.insert(_:)") { store, tenant, context in
            try await store.teamMembers.insert(
                TeamMember(teamID: tenant.team.id, userID: tenant.user.id, role: .owner, joinedAt: context.now))
            return true
        },
        ForeignCall("teamMembers.find(_:in:)") { try await $0.teamMembers.find($1.user.id, in: $1.team.id) != nil },
        ForeignCall("teamMembers.hasMember(emailKey:in:)") {
            try await $0.teamMembers.hasMember(emailKey: $1.user.email.key, in: $1.team.id)
        },
        ForeignCall("teamMembers.profile(of:in:)") {
            try await $0.teamMembers.profile(of: $1.user.id, in: $1.team.id) != nil
        },
        ForeignCall("teamMembers.list(in:page:)") {
            try await !$0.teamMembers.list(in: $1.team.id, page: page).items.isEmpty
        },
        ForeignCall("teamMembers.setRole(_:of:in:at:)") {
            try await $0.teamMembers.setRole(.viewer, of: $1.user.id, in: $1.team.id, at: $2.now)
        },
        ForeignCall("teamMembers.remove(_:from:)") {
            try await $0.teamMembers.remove($1.user.id, from: $1.team.id)
        },
        ForeignCall("teamMembers.removeAll(of:at:)") {
            try await !$0.teamMembers.removeAll(of: $1.user.id, at: $2.now).isEmpty
        },
        ForeignCall("teamMembers.count(in:)") { try await $0.teamMembers.count(in: $1.team.id) > 0 },
        ForeignCall("teamMembers.firstOwner(in:except:)") {
            try await $0.teamMembers.firstOwner(in: $1.formerTeam.id, except: $2.makeID()) != nil
        },
        ForeignCall("teamMembers.owners(in:)") {
            try await !$0.teamMembers.owners(in: $1.formerTeam.id).isEmpty
        },
        ForeignCall("teamMembers.count(with:in:)") {
            try await $0.teamMembers.count(with: $1.role.id, in: $1.team.id) > 0
        },

        ForeignCall("teamRoles.insert(_:)") { store, tenant, context in
            try await store.teamRoles.insert(
                CustomRole(
                    id: context.makeID(), teamID: tenant.team.id, name: TeamName(stored: "Other"), permissions: [],
                    createdAt: context.now, updatedAt: context.now))
            return true
        },
        ForeignCall("teamRoles.find(_:in:)") { try await $0.teamRoles.find($1.role.id, in: $1.team.id) != nil },
        ForeignCall("teamRoles.list(in:)") { try await !$0.teamRoles.list(in: $1.team.id).isEmpty },
        ForeignCall("teamRoles.update(_:)") { store, tenant, _ in
            _ = try await store.teamRoles.update(tenant.role)
            return true
        },
        ForeignCall("teamRoles.remove(_:in:)") { try await $0.teamRoles.remove($1.role.id, in: $1.team.id) },

        ForeignCall("invitations.insert(_:hash:)") { store, tenant, context in
            let address = EmailAddress(storedText: "b@example.org", key: "b@example.org")
            let invitation = Invitation(
                id: context.makeID(), teamID: tenant.team.id, recipient: .address(address), role: .member,
                invitedBy: tenant.user.id, createdAt: context.now, sentAt: context.now, expiresAt: context.now)
            try await store.invitations.insert(invitation, hash: context.makeHash())
            return true
        },
        ForeignCall("invitations.find(_:in:)") {
            try await $0.invitations.find($1.invitation.id, in: $1.team.id) != nil
        },
        ForeignCall("invitations.find(hash:)") { try await $0.invitations.find(hash: $1.invitationHash) != nil },
        ForeignCall("invitations.list(in:page:)") {
            try await !$0.invitations.list(in: $1.team.id, page: page).items.isEmpty
        },
        ForeignCall("invitations.listOpen(to:at:limit:)") {
            try await !$0.invitations.listOpen(to: $1.guest, at: $2.now - .days(1), limit: 9).isEmpty
        },
        ForeignCall("invitations.hasOpen(to:in:)") {
            try await $0.invitations.hasOpen(to: $1.guest, in: $1.team.id)
        },
        ForeignCall("invitations.openCount(in:at:)") {
            try await $0.invitations.openCount(in: $1.team.id, at: $2.now - .days(1)) > 0
        },
        ForeignCall("invitations.end(_:in:as:at:)") {
            try await $0.invitations.end($1.invitation.id, in: $1.team.id, as: .revoked, at: $2.now)
        },
        ForeignCall("invitations.endOpen(to:in:as:at:)") {
            try await $0.invitations.endOpen(to: $1.guest, in: $1.team.id, as: .revoked, at: $2.now)
        },
        ForeignCall("invitations.endExpired(to:in:at:)") { store, tenant, context in
            try await store.invitations.endExpired(to: tenant.guest, in: tenant.team.id, at: context.now + .days(99))
            return false
        },
        ForeignCall("invitations.renew(_:in:hash:at:expiresAt:)") {
            try await $0.invitations.renew(
                $1.invitation.id, in: $1.team.id, hash: $2.makeHash(), at: $2.now, expiresAt: $2.now + .days(7))
        },
        ForeignCall("invitations.use(_:in:)") { try await $0.invitations.use($1.invitation.id, in: $1.team.id) },
        ForeignCall("invitations.count(with:in:)") {
            try await $0.invitations.count(with: $1.role.id, in: $1.team.id) > 0
        },
        ForeignCall("invitations.remove(expiredBefore:)") {
            try await $0.invitations.remove(expiredBefore: $2.now + .days(99)) > 0
        },
    ]
}

extension Tenant {
    /// The address that is invited to the team.
    fileprivate var guest: String {
        if case .address(let email) = invitation.recipient { email.key } else { "" }
    }
}

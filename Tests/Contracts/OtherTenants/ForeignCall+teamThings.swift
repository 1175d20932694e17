import Core
import Persistence

extension ForeignCall {
    private static let page = PageRequest(limit: 100)

    /// API keys and domains of teams, who is barred from them, and what they granted on single things.
    static let teamThings: [ForeignCall] = [
        ForeignCall("teamAPIKeys.insert(_:hash:)") { store, tenant, context in
            try await store.teamAPIKeys.insert(.sample(context, of: tenant.team), hash: context.makeHash())
            return true
        },
        ForeignCall("teamAPIKeys.authenticate(_:)") {
            try await $0.teamAPIKeys.authenticate($1.teamKey.id) != nil
        },
        ForeignCall("teamAPIKeys.find(_:in:)") {
            try await $0.teamAPIKeys.find($1.teamKey.id, in: $1.team.id) != nil
        },
        ForeignCall("teamAPIKeys.list(in:page:)") {
            try await !$0.teamAPIKeys.list(in: $1.team.id, page: page).items.isEmpty
        },
        ForeignCall("teamAPIKeys.count(in:)") { try await $0.teamAPIKeys.count(in: $1.team.id) > 0 },
        ForeignCall("teamAPIKeys.update(_:)") { store, tenant, context in
            var key = tenant.teamKey
            key.name = "Other"
            key.updatedAt = context.now + .hours(1)
            return try await store.teamAPIKeys.update(key)
        },
        ForeignCall("teamAPIKeys.rotateSecret(of:in:to:formerUntil:at:)") {
            try await $0.teamAPIKeys.rotateSecret(
                of: $1.teamKey.id, in: $1.team.id, to: $2.makeHash(), formerUntil: nil, at: $2.now)
        },
        ForeignCall("teamAPIKeys.touch(_:in:use:interval:)") { store, tenant, context in
            let use = TeamAPIKey.Use(time: context.now + .hours(1), address: nil)
            try await store.teamAPIKeys.touch(tenant.teamKey.id, in: tenant.team.id, use: use, interval: .zero)
            return false
        },
        ForeignCall("teamAPIKeys.remove(_:from:)") {
            try await $0.teamAPIKeys.remove($1.teamKey.id, from: $1.team.id)
        },

        ForeignCall("teamDomains.insert(_:)") { store, tenant, context in
            try await store.teamDomains.insert(
                .sample(context, "example.net", of: tenant.team, by: tenant.user))
            return true
        },
        ForeignCall("teamDomains.find(_:in:)") {
            try await $0.teamDomains.find($1.domain.id, in: $1.team.id) != nil
        },
        ForeignCall("teamDomains.find(mailHash:)") {
            try await $0.teamDomains.find(mailHash: $1.domainMailHash) != nil
        },
        ForeignCall("teamDomains.findVerified(_:in:)") {
            try await $0.teamDomains.findVerified($1.provenDomain.name.ascii, in: $1.team.id) != nil
        },
        ForeignCall("teamDomains.findJoinable(_:by:)") {
            try await $0.teamDomains.findJoinable($1.provenDomain.name.ascii, by: $2.makeID()) != nil
        },
        ForeignCall("teamDomains.list(in:page:)") {
            try await !$0.teamDomains.list(in: $1.team.id, page: page).items.isEmpty
        },
        ForeignCall("teamDomains.count(in:)") { try await $0.teamDomains.count(in: $1.team.id) > 0 },
        ForeignCall("teamDomains.count(with:in:)") {
            try await $0.teamDomains.count(with: $1.role.id, in: $1.team.id) > 0
        },
        ForeignCall("teamDomains.setMail(hash:expiresAt:of:in:)") {
            try await $0.teamDomains.setMail(
                hash: $2.makeHash(), expiresAt: $2.now + .hours(2), of: $1.domain.id, in: $1.team.id)
        },
        ForeignCall("teamDomains.verify(_:in:as:)") {
            try await $0.teamDomains.verify(
                $1.domain.id, in: $1.team.id, as: TeamDomain.Verification(proof: .dns, verifiedAt: $2.now))
        },
        ForeignCall("teamDomains.listToCheck(checkedBefore:limit:)") {
            try await !$0.teamDomains.listToCheck(checkedBefore: $2.now + .days(99), limit: 9).isEmpty
        },
        ForeignCall("teamDomains.setChecked(_:in:at:missingSince:)") { store, tenant, context in
            try await store.teamDomains.setChecked(
                tenant.provenDomain.id, in: tenant.team.id, at: context.now, missingSince: context.now)
            return false
        },
        ForeignCall("teamDomains.unverify(_:in:expiresAt:)") {
            try await $0.teamDomains.unverify($1.provenDomain.id, in: $1.team.id, expiresAt: $2.now)
        },
        ForeignCall("teamDomains.remove(_:in:)") {
            try await $0.teamDomains.remove($1.domain.id, in: $1.team.id)
        },
        ForeignCall("teamDomains.removeExpired(_:in:at:)") { store, tenant, context in
            try await store.teamDomains.removeExpired(
                tenant.domain.name.ascii, in: tenant.team.id, at: context.now + .days(99))
            return false
        },
        ForeignCall("teamDomains.remove(expiredBefore:)") {
            try await $0.teamDomains.remove(expiredBefore: $2.now + .days(99)) > 0
        },

        ForeignCall("barredUsers.insert(_:in:at:)") { store, tenant, context in
            try await store.barredUsers.insert(tenant.user.id, in: tenant.team.id, at: context.now)
            return true
        },
        ForeignCall("barredUsers.contains(_:in:)") {
            try await $0.barredUsers.contains($1.user.id, in: $1.formerTeam.id)
        },
        ForeignCall("barredUsers.remove(_:in:)") {
            try await $0.barredUsers.remove($1.user.id, in: $1.formerTeam.id)
        },

        ForeignCall("teamGrants.insert(_:)") { store, tenant, context in
            try await store.teamGrants.insert(
                TeamGrant(
                    id: context.makeID(), teamID: tenant.team.id, subject: .role(.viewer), grant: tenant.grant.grant,
                    grantedBy: tenant.user.id, createdAt: context.now))
            return true
        },
        ForeignCall("teamGrants.find(_:in:)") { try await $0.teamGrants.find($1.grant.id, in: $1.team.id) != nil },
        ForeignCall("teamGrants.list(in:matching:page:)") {
            try await !$0.teamGrants.list(in: $1.team.id, matching: TeamGrantFilter(), page: page).items.isEmpty
        },
        ForeignCall("teamGrants.counts(in:on:)") {
            try await $0.teamGrants.counts(in: $1.team.id, on: $1.grant.grant.item).inTeam > 0
        },
        ForeignCall("teamGrants.remove(_:in:)") { try await $0.teamGrants.remove($1.grant.id, in: $1.team.id) },
        ForeignCall("teamGrants.removeAll(on:in:)") {
            try await $0.teamGrants.removeAll(on: $1.grant.grant.item, in: $1.team.id) > 0
        },
    ]
}

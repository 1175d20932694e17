import Core
import Persistence

extension ForeignCall {
    private static let page = PageRequest(limit: 100)

    /// Users, their sessions and mailed links.
    static let accounts: [ForeignCall] = [
        ForeignCall("users.insert(_:passwordHash:)") { store, _, context in
            try await store.users.insert(.sample(context), passwordHash: nil)
            return true
        },
        ForeignCall("users.find(_:)") { try await $0.users.find($1.user.id) != nil },
        ForeignCall("users.find(emailKey:)") { try await $0.users.find(emailKey: $1.user.email.key) != nil },
        ForeignCall("users.findForSignIn(emailKey:)") {
            try await $0.users.findForSignIn(emailKey: $1.user.email.key) != nil
        },
        ForeignCall("users.findLocked(_:)") { try await $0.users.findLocked($1.user.id) != nil },
        ForeignCall("users.update(_:)") { store, tenant, _ in
            _ = try await store.users.update(tenant.user)
            return true
        },
        ForeignCall("users.replacePasswordHash(of:expected:with:)") {
            try await $0.users.replacePasswordHash(of: $1.user.id, expected: Tenant.passwordHash, with: "x")
        },
        ForeignCall("users.setPasswordHash(of:to:)") { store, tenant, _ in
            try await store.users.setPasswordHash(of: tenant.user.id, to: nil)
            return true
        },
        ForeignCall("users.markEmailVerified(_:emailKey:at:)") {
            try await $0.users.markEmailVerified($1.user.id, emailKey: $1.user.email.key, at: $2.now)
        },
        ForeignCall("users.overview(of:at:)") {
            try await $0.users.overview(of: $1.user.id, at: $2.now - .days(1)) != nil
        },
        ForeignCall("users.list(matching:at:page:)") { store, tenant, context in
            let time = context.now - .days(1)
            return try await store.users.list(matching: UserFilter(), at: time, page: page).items
                .contains { $0.user.id == tenant.user.id }
        },
        ForeignCall("users.listDueForPurge(at:limit:)") {
            try await !$0.users.listDueForPurge(at: $2.now, limit: 9).isEmpty
        },
        ForeignCall("users.purge(_:at:)") { try await $0.users.purge($1.user.id, at: $2.now) },

        ForeignCall("sessions.insert(_:refresh:)") { store, tenant, context in
            try await store.sessions.insert(
                .sample(context, of: tenant.user), refresh: RefreshState(hash: context.makeHash()))
            return true
        },
        ForeignCall("sessions.authenticate(_:)") { try await $0.sessions.authenticate($1.session.id) != nil },
        ForeignCall("sessions.rotate(_:presented:successor:sealedSuccessor:at:idleExpiresAt:)") {
            try await $0.sessions.rotate(
                $1.session.id, presented: $1.refreshHash, successor: $2.makeHash(), sealedSuccessor: [1], at: $2.now,
                idleExpiresAt: $1.session.idleExpiresAt) != nil
        },
        ForeignCall("sessions.refreshState(of:)") { try await $0.sessions.refreshState(of: $1.session.id) != nil },
        ForeignCall("sessions.eraseSealedSuccessors(rotatedBefore:)") {
            try await $0.sessions.eraseSealedSuccessors(rotatedBefore: $2.now + .days(99)) > 0
        },
        ForeignCall("sessions.list(of:liveAt:page:)") {
            try await !$0.sessions.list(of: $1.user.id, liveAt: $2.now, page: page).items.isEmpty
        },
        ForeignCall("sessions.list(of:page:)") {
            try await !$0.sessions.list(of: $1.user.id, page: page).items.isEmpty
        },
        ForeignCall("sessions.remove(expiredBefore:)") {
            try await $0.sessions.remove(expiredBefore: $2.now + .days(99)) > 0
        },
        ForeignCall("sessions.touch(_:at:interval:)") { store, tenant, context in
            try await store.sessions.touch(tenant.session.id, at: context.now + .hours(1), interval: .zero)
            return false
        },
        ForeignCall("sessions.renewAuthentication(_:of:at:)") {
            try await $0.sessions.renewAuthentication($1.session.id, of: $1.user.id, at: $2.now)
        },
        ForeignCall("sessions.revoke(_:of:reason:at:)") {
            try await $0.sessions.revoke($1.session.id, of: $1.user.id, reason: .signedOut, at: $2.now)
        },
        ForeignCall("sessions.revokeAll(of:except:reason:at:)") {
            try await !$0.sessions.revokeAll(of: $1.user.id, except: nil, reason: .signedOut, at: $2.now).isEmpty
        },

        ForeignCall("oneTimeTokens.insert(_:)") { store, tenant, context in
            try await store.oneTimeTokens.insert(.sample(context, of: tenant.user))
            return true
        },
        ForeignCall("oneTimeTokens.find(hash:purpose:)") {
            try await $0.oneTimeTokens.find(hash: $1.token.hash, purpose: $1.token.purpose) != nil
        },
        ForeignCall("oneTimeTokens.consume(hash:purpose:)") {
            try await $0.oneTimeTokens.consume(hash: $1.token.hash, purpose: $1.token.purpose) != nil
        },
        ForeignCall("oneTimeTokens.list(of:)") { try await !$0.oneTimeTokens.list(of: $1.user.id).isEmpty },
        ForeignCall("oneTimeTokens.removeAll(of:purposes:madeSince:)") { store, tenant, _ in
            try await store.oneTimeTokens.removeAll(
                of: tenant.user.id, purposes: OneTimeToken.Purpose.allCases, madeSince: nil)
            return false
        },
        ForeignCall("oneTimeTokens.removeExpired(before:)") {
            try await $0.oneTimeTokens.removeExpired(before: $2.now + .days(99)) > 0
        },
    ]
}

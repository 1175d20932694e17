import Core
import Persistence

extension ForeignCall {
    private static let page = PageRequest(limit: 100)

    /// Exports, notifications, kept answers, the log, and jobs.
    static let records: [ForeignCall] = [
        ForeignCall("dataExports.insert(_:)") { store, tenant, context in
            try await store.dataExports.insert(
                DataExport(id: context.makeID(), userID: tenant.user.id, createdAt: context.now))
            return true
        },
        ForeignCall("dataExports.find(_:of:)") {
            try await $0.dataExports.find($1.export.id, of: $1.user.id) != nil
        },
        ForeignCall("dataExports.list(of:page:)") {
            try await !$0.dataExports.list(of: $1.user.id, page: page).items.isEmpty
        },
        ForeignCall("dataExports.complete(_:with:)") { store, tenant, context in
            guard let key = ObjectKey("exports/a.tar") else { return true }
            let archive = DataExport.Archive(
                key: key, size: 1, readyAt: context.now, expiresAt: context.now + .days(7))
            return try await store.dataExports.complete(tenant.export.id, with: archive)
        },
        ForeignCall("dataExports.removeOver(before:)") {
            try await !$0.dataExports.removeOver(before: $2.now + .days(99)).isEmpty
        },
        ForeignCall("dataExports.removeAll(of:)") { try await !$0.dataExports.removeAll(of: $1.user.id).isEmpty },

        ForeignCall("notifications.insert(_:)") { store, tenant, context in
            try await store.notifications.insert(
                UserNotification(
                    id: context.makeID(), userID: tenant.user.id, kind: .newSignIn, title: "A", body: "B", path: nil,
                    createdAt: context.now))
            return true
        },
        ForeignCall("notifications.list(of:page:)") {
            try await !$0.notifications.list(of: $1.user.id, page: page).items.isEmpty
        },
        ForeignCall("notifications.list(of:after:limit:)") {
            try await !$0.notifications.list(of: $1.user.id, after: ID(high: 0, low: 0), limit: 9).isEmpty
        },
        ForeignCall("notifications.unreadCount(of:)") { try await $0.notifications.unreadCount(of: $1.user.id) > 0 },
        ForeignCall("notifications.markRead(_:of:at:)") {
            try await $0.notifications.markRead($1.notification.id, of: $1.user.id, at: $2.now)
        },
        ForeignCall("notifications.markAllRead(of:at:)") {
            try await $0.notifications.markAllRead(of: $1.user.id, at: $2.now) > 0
        },
        ForeignCall("notifications.remove(createdBefore:)") {
            try await $0.notifications.remove(createdBefore: $2.now + .days(99)) > 0
        },
        ForeignCall("notifications.choices(of:)") { try await !$0.notifications.choices(of: $1.user.id).isEmpty },
        ForeignCall("notifications.choose(_:for:of:)") { store, tenant, _ in
            try await store.notifications.choose([], for: .newSignIn, of: tenant.user.id)
            return true
        },

        ForeignCall("idempotency.claim(_:requestHash:at:)") { store, tenant, context in
            _ = try await store.idempotency.claim(tenant.answer, requestHash: [1], at: context.now)
            return true
        },
        ForeignCall("idempotency.find(_:requestHash:at:)") {
            try await $0.idempotency.find($1.answer, requestHash: [1], at: $2.now) != nil
        },
        ForeignCall("idempotency.complete(_:status:sealedResponse:expiresAt:)") { store, tenant, context in
            try await store.idempotency.complete(
                tenant.answer, status: 500, sealedResponse: [2], expiresAt: context.now + .days(1))
            return true
        },
        ForeignCall("idempotency.removeExpired(before:)") {
            try await $0.idempotency.removeExpired(before: $2.now + .days(99)) > 0
        },

        ForeignCall("auditLog.record(_:)") { store, tenant, context in
            try await store.auditLog.record(.sample(context, of: tenant.user))
            return true
        },
        ForeignCall("auditLog.record(_:)") { store, tenant, context in
            try await store.auditLog.record(.sample(context, of: nil, team: tenant.team.id))
            return true
        },
        ForeignCall("auditLog.list(_:matching:page:)") { store, tenant, _ in
            for trail in [AuditTrail.person(tenant.user.id), .team(tenant.team.id), .everything] {
                let events = try await store.auditLog.list(trail, matching: .none, page: page).items
                if events.contains(where: { $0.userID == tenant.user.id || $0.teamID == tenant.team.id }) {
                    return true
                }
            }
            return false
        },
        ForeignCall("auditLog.erase(_:)") { store, tenant, _ in
            try await store.auditLog.erase(tenant.user.id)
            return true
        },
        ForeignCall("auditSeals.takeWaiting(limit:)") {
            try await $0.auditSeals.takeWaiting(limit: 9)?.events.isEmpty == false
        },
        ForeignCall("auditSeals.entries(of:after:limit:)") { store, tenant, _ in
            for chain in tenant.chains + [nil] {
                let entries = try await store.auditSeals.entries(of: chain, after: nil, limit: 9)
                if entries.contains(where: { tenant.chains.contains($0.seal.chain) }) { return true }
            }
            return false
        },
        ForeignCall("auditSeals.heads(of:after:limit:)") { store, tenant, _ in
            for chain in tenant.chains + [nil] {
                let heads = try await store.auditSeals.heads(of: chain, after: nil, limit: 9)
                if heads.contains(where: { tenant.chains.contains($0.head.chain) }) { return true }
            }
            return false
        },
        ForeignCall("auditSeals.whereabouts(of:after:limit:)") { store, tenant, _ in
            for chain in tenant.chains + [nil] {
                let found = try await store.auditSeals.whereabouts(of: chain, after: nil, limit: 9)
                if found.contains(where: { tenant.chains.contains($0.chain) }) { return true }
            }
            return false
        },
        ForeignCall("auditSeals.waiting(after:limit:)") {
            try await !$0.auditSeals.waiting(after: nil, limit: 9).isEmpty
        },
        ForeignCall("auditSeals.hashes(at:)") { store, tenant, _ in
            try await !store.auditSeals.hashes(at: tenant.chains.map { AuditPosition(chain: $0, sequence: 1) }).isEmpty
        },

        ForeignCall("jobs.finish(_:at:)") {
            try await $0.jobs.finish(JobClaim(job: $1.job.id, token: $2.makeID()), at: $2.now)
        },
        ForeignCall("jobs.retry(_:at:)") { try await $0.jobs.retry($1.job.id, at: $2.now) },
        ForeignCall("jobs.cancel(_:at:)") { try await $0.jobs.cancel($1.job.id, at: $2.now) },
        ForeignCall("jobs.list(name:page:)") {
            try await !$0.jobs.list(name: $1.job.name, page: page).items.isEmpty
        },
    ]
}

extension Tenant {
    /// The chains that the log of the person and of the team are sealed into.
    fileprivate var chains: [AuditChain] { [.user(user.id), .team(team.id)] }
}

import Core
import Persistence

extension ForeignCall {
    private static let page = PageRequest(limit: 100)

    /// Where teams are told of events, and what came of it.
    static let webhooks: [ForeignCall] = [
        ForeignCall("webhookEndpoints.insert(_:sealedSecret:unlessThereAre:)") { store, tenant, context in
            try await store.webhookEndpoints.insert(
                .sample(context, of: tenant.team.id), sealedSecret: [1], unlessThereAre: 99)
        },
        ForeignCall("webhookEndpoints.find(_:of:)") {
            try await $0.webhookEndpoints.find($1.endpoint.id, of: $1.team.id) != nil
        },
        ForeignCall("webhookEndpoints.list(of:page:)") {
            try await !$0.webhookEndpoints.list(of: $1.team.id, page: page).items.isEmpty
        },
        ForeignCall("webhookEndpoints.update(_:)") { store, tenant, _ in
            _ = try await store.webhookEndpoints.update(tenant.endpoint)
            return true
        },
        ForeignCall("webhookEndpoints.rotateSecret(of:in:to:formerUntil:at:)") {
            try await $0.webhookEndpoints.rotateSecret(
                of: $1.endpoint.id, in: $1.team.id, to: [9], formerUntil: nil, at: $2.now)
        },
        ForeignCall("webhookEndpoints.remove(_:of:)") {
            try await $0.webhookEndpoints.remove($1.endpoint.id, of: $1.team.id)
        },
        ForeignCall("webhookEndpoints.noteSuccess(of:in:)") { store, tenant, _ in
            try await store.webhookEndpoints.noteSuccess(of: tenant.endpoint.id, in: tenant.team.id)
            return false
        },
        ForeignCall("webhookEndpoints.noteFailure(of:in:at:)") { store, tenant, context in
            try await store.webhookEndpoints.noteFailure(
                of: tenant.endpoint.id, in: tenant.team.id, at: context.now + .hours(1))
            return false
        },
        ForeignCall("webhookEndpoints.pause(_:of:as:failingBefore:at:)") {
            try await $0.webhookEndpoints.pause(
                $1.endpoint.id, of: $1.team.id, as: .gone, failingBefore: nil, at: $2.now)
        },
        ForeignCall("webhookEndpoints.secrets(after:limit:)") {
            try await !$0.webhookEndpoints.secrets(after: nil, limit: 9).isEmpty
        },
        ForeignCall("webhookEndpoints.resealSecrets(from:to:)") {
            try await $0.webhookEndpoints.resealSecrets(from: $1.secrets, to: SealedWebhookSecrets(current: [9]))
        },

        ForeignCall("webhookDeliveries.add(_:to:ids:job:)") {
            try await $0.webhookDeliveries.add(
                $2.makeEvent(of: $1.team.id), to: nil, ids: [$2.makeID()], job: $2.makeJob(of: $1.team.id)) > 0
        },
        ForeignCall("webhookDeliveries.find(_:to:of:)") {
            try await $0.webhookDeliveries.find($1.delivery, to: $1.endpoint.id, of: $1.team.id) != nil
        },
        ForeignCall("webhookDeliveries.list(to:of:page:)") {
            try await !$0.webhookDeliveries.list(to: $1.endpoint.id, of: $1.team.id, page: page).items.isEmpty
        },
        ForeignCall("webhookDeliveries.work(_:of:)") {
            try await $0.webhookDeliveries.work($1.delivery, of: $1.team.id) != nil
        },
        ForeignCall("webhookDeliveries.note(_:of:in:state:nextAttemptAt:)") {
            try await $0.webhookDeliveries.note(
                WebhookAttempt(at: $2.now, took: .zero, outcome: .unanswered(.broken)), of: $1.delivery,
                in: $1.team.id, state: .failed, nextAttemptAt: nil)
        },
        ForeignCall("webhookDeliveries.drop(_:of:)") { store, tenant, _ in
            try await store.webhookDeliveries.drop(tenant.delivery, of: tenant.team.id)
            return false
        },
        ForeignCall("webhookDeliveries.remove(createdBefore:limit:)") {
            try await $0.webhookDeliveries.remove(createdBefore: $2.now + .days(99), limit: 9) > 0
        },
    ]
}

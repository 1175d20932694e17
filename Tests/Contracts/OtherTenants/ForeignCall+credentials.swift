import Core
import Persistence

extension ForeignCall {
    private static let page = PageRequest(limit: 100)

    /// Second factors, API keys, accounts at providers, passkeys.
    static let credentials: [ForeignCall] = [
        ForeignCall("secondFactors.authenticator(of:)") {
            try await $0.secondFactors.authenticator(of: $1.user.id) != nil
        },
        ForeignCall("secondFactors.setAuthenticator(of:sealedSecret:at:)") {
            try await $0.secondFactors.setAuthenticator(of: $1.user.id, sealedSecret: [9], at: $2.now)
        },
        ForeignCall("secondFactors.confirmAuthenticator(of:sealedSecret:step:at:)") {
            try await $0.secondFactors.confirmAuthenticator(
                of: $1.user.id, sealedSecret: Tenant.sealedSecret, step: 1, at: $2.now)
        },
        ForeignCall("secondFactors.useCode(of:step:)") {
            try await $0.secondFactors.useCode(of: $1.user.id, step: .max)
        },
        ForeignCall("secondFactors.authenticators(after:limit:)") {
            try await !$0.secondFactors.authenticators(after: nil, limit: 9).isEmpty
        },
        ForeignCall("secondFactors.resealAuthenticator(of:from:to:)") {
            try await $0.secondFactors.resealAuthenticator(of: $1.user.id, from: Tenant.sealedSecret, to: [9])
        },
        ForeignCall("secondFactors.removeAuthenticator(of:)") {
            try await $0.secondFactors.removeAuthenticator(of: $1.user.id)
        },
        ForeignCall("secondFactors.replaceRecoveryCodes(of:with:at:)") { store, tenant, context in
            let hashes = [context.makeHash(), context.makeHash()]
            try await store.secondFactors.replaceRecoveryCodes(of: tenant.user.id, with: hashes, at: context.now)
            return true
        },
        ForeignCall("secondFactors.useRecoveryCode(of:hash:)") {
            try await $0.secondFactors.useRecoveryCode(of: $1.user.id, hash: $1.recoveryCode)
        },
        ForeignCall("secondFactors.recoveryCodeCount(of:)") {
            try await $0.secondFactors.recoveryCodeCount(of: $1.user.id) > 0
        },

        ForeignCall("apiKeys.insert(_:hash:)") { store, tenant, context in
            let key = APIKey(
                id: context.makeID(), userID: tenant.user.id, name: "CI", prefix: "plk_", scopes: Scopes([.usersRead]),
                createdAt: context.now)
            try await store.apiKeys.insert(key, hash: context.makeHash())
            return true
        },
        ForeignCall("apiKeys.authenticate(_:)") { try await $0.apiKeys.authenticate($1.apiKey.id) != nil },
        ForeignCall("apiKeys.list(of:page:)") { try await !$0.apiKeys.list(of: $1.user.id, page: page).items.isEmpty },
        ForeignCall("apiKeys.count(of:)") { try await $0.apiKeys.count(of: $1.user.id) > 0 },
        ForeignCall("apiKeys.touch(_:at:interval:)") { store, tenant, context in
            try await store.apiKeys.touch(tenant.apiKey.id, at: context.now, interval: .zero)
            return false
        },
        ForeignCall("apiKeys.remove(_:of:)") { try await $0.apiKeys.remove($1.apiKey.id, of: $1.user.id) },
        ForeignCall("apiKeys.removeAll(of:)") { try await $0.apiKeys.removeAll(of: $1.user.id) > 0 },

        ForeignCall("identities.insert(_:)") { store, tenant, context in
            let identity = LinkedIdentity(
                id: context.makeID(), userID: tenant.user.id, provider: "google", issuer: "https://i.example",
                subject: "other", email: nil, createdAt: context.now, lastUsedAt: context.now)
            return try await store.identities.insert(identity)
        },
        ForeignCall("identities.find(issuer:subject:)") {
            try await $0.identities.find(issuer: $1.identity.issuer, subject: $1.identity.subject) != nil
        },
        ForeignCall("identities.list(of:)") { try await !$0.identities.list(of: $1.user.id).isEmpty },
        ForeignCall("identities.touch(_:email:at:)") { store, tenant, context in
            try await store.identities.touch(tenant.identity.id, email: "x@example.org", at: context.now + .hours(1))
            return false
        },
        ForeignCall("identities.remove(_:of:)") { try await $0.identities.remove($1.identity.id, of: $1.user.id) },
        ForeignCall("identities.removeAll(of:)") { try await $0.identities.removeAll(of: $1.user.id) > 0 },

        ForeignCall("passkeys.insert(_:)") { store, tenant, context in
            let passkey = Passkey(
                id: context.makeID(), userID: tenant.user.id, name: "Phone", credentialID: context.makeHash(),
                publicKey: context.makeHash(), signCount: 0, isBackupEligible: false, isBackedUp: false,
                transports: [], aaguid: Array(context.makeHash().prefix(16)), createdAt: context.now)
            return try await store.passkeys.insert(passkey)
        },
        ForeignCall("passkeys.find(credentialID:)") {
            try await $0.passkeys.find(credentialID: $1.passkey.credentialID) != nil
        },
        ForeignCall("passkeys.list(of:)") { try await !$0.passkeys.list(of: $1.user.id).isEmpty },
        ForeignCall("passkeys.use(_:signCount:isBackedUp:at:)") {
            try await $0.passkeys.use($1.passkey.id, signCount: 1, isBackedUp: true, at: $2.now)
        },
        ForeignCall("passkeys.remove(_:of:)") { try await $0.passkeys.remove($1.passkey.id, of: $1.user.id) },
        ForeignCall("passkeys.removeAll(of:)") { try await $0.passkeys.removeAll(of: $1.user.id) > 0 },
    ]
}

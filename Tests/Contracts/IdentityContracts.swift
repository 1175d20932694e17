import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let identities: [Contract] = [
        Contract("an account at a provider is linked once, to whomever, and found as it was written") {
            context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let identities = context.system.identities
            let identity = LinkedIdentity.sample(context, of: ada)
            #expect(try await identities.insert(identity))
            #expect(try await identities.find(issuer: identity.issuer, subject: identity.subject) == identity)
            for owner in [ada, grace] {
                let again = LinkedIdentity.sample(context, of: owner, subject: identity.subject)
                #expect(try await identities.insert(again) == false)
            }
            #expect(try await identities.find(issuer: "https://other.example", subject: identity.subject) == nil)
            #expect(try await identities.find(issuer: identity.issuer, subject: "other") == nil)
        },
        Contract("of twenty who link one account at once, one does") { context async throws in
            let user = try await context.addUser()
            let linked = await race(20) { _ in
                try await context.system.identities.insert(.sample(context, of: user, subject: "one"))
            }
            #expect(try linked.trues() == 1)
        },
        Contract("identities are listed latest first, touched and removed") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let identities = context.system.identities
            var written: [LinkedIdentity] = []
            for _ in 0..<3 {
                written.insert(.sample(context, of: ada), at: 0)
                _ = try await identities.insert(written[0])
                context.time.advance(by: .seconds(1))
            }
            #expect(try await identities.list(of: ada.id) == written)
            try await identities.touch(written[0].id, email: nil, at: context.now)
            let touched = try #require(try await identities.list(of: ada.id).first)
            #expect(touched.lastUsedAt == context.now && touched.email == nil)
            #expect(try await identities.remove(written[0].id, of: grace.id) == false)
            #expect(try await identities.remove(written[0].id, of: ada.id))
            #expect(try await identities.removeAll(of: ada.id) == 2)
            #expect(try await identities.list(of: ada.id).isEmpty)
        },
        Contract("another person's identities are not there") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let identity = LinkedIdentity.sample(context, of: ada)
            #expect(try await context.store(of: ada).identities.insert(identity))
            let others = context.store(of: grace).identities
            #expect(try await others.find(issuer: identity.issuer, subject: identity.subject) == nil)
            #expect(try await others.list(of: ada.id).isEmpty)
            #expect(try await others.remove(identity.id, of: ada.id) == false)
        },
    ]

    static let passkeys: [Contract] = [
        Contract("a passkey is found by its credential as it was written, and no other has it") {
            context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let passkeys = context.system.passkeys
            let passkey = Passkey.sample(context, of: ada)
            #expect(try await passkeys.insert(passkey))
            #expect(try await passkeys.find(credentialID: passkey.credentialID) == passkey)
            #expect(try await passkeys.find(credentialID: [0]) == nil)
            let twin = Passkey.sample(context, of: grace, credentialID: passkey.credentialID)
            #expect(try await passkeys.insert(twin) == false)
        },
        Contract("a count works for one of twenty at once, and no lower one after it; zero always") {
            context async throws in
            let user = try await context.addUser()
            let (counting, still) = (Passkey.sample(context, of: user), Passkey.sample(context, of: user))
            for passkey in [counting, still] { _ = try await context.system.passkeys.insert(passkey) }
            let uses = await race(20) { _ in
                try await context.system.passkeys.use(
                    counting.id, signCount: 7, isBackedUp: true, at: context.now)
            }
            #expect(try uses.trues() == 1)
            let passkeys = context.system.passkeys
            #expect(try await passkeys.use(counting.id, signCount: 6, isBackedUp: true, at: context.now) == false)
            #expect(try await passkeys.use(counting.id, signCount: 0, isBackedUp: true, at: context.now) == false)
            #expect(try await passkeys.use(counting.id, signCount: .max, isBackedUp: true, at: context.now))
            for _ in 0..<2 {
                #expect(try await passkeys.use(still.id, signCount: 0, isBackedUp: false, at: context.now))
            }
            let stored = try #require(try await passkeys.find(credentialID: counting.credentialID))
            #expect(stored.signCount == .max && stored.isBackedUp && stored.lastUsedAt == context.now)
        },
        Contract("passkeys are listed latest first and removed, each by its person") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (own, others) = (context.store(of: ada).passkeys, context.store(of: grace).passkeys)
            var written: [Passkey] = []
            for _ in 0..<3 {
                written.insert(.sample(context, of: ada), at: 0)
                #expect(try await own.insert(written[0]))
                context.time.advance(by: .seconds(1))
            }
            #expect(try await own.list(of: ada.id) == written)
            #expect(try await others.list(of: ada.id).isEmpty)
            #expect(try await others.find(credentialID: written[0].credentialID) == nil)
            #expect(try await others.remove(written[0].id, of: ada.id) == false)
            #expect(
                try await others.use(written[0].id, signCount: 1, isBackedUp: false, at: context.now) == false)
            #expect(try await own.remove(written[0].id, of: ada.id))
            #expect(try await own.removeAll(of: ada.id) == 2)
        },
    ]
}

extension LinkedIdentity {
    fileprivate static func sample(
        _ context: ContractContext, of user: User, subject: String? = nil
    ) -> LinkedIdentity {
        let id = context.makeID(of: LinkedIdentity.self)
        return LinkedIdentity(
            id: id, userID: user.id, provider: "google", issuer: "https://accounts.google.com",
            subject: subject ?? "\(id)", email: "Ada@example.org", createdAt: context.now, lastUsedAt: context.now)
    }
}

extension Passkey {
    fileprivate static func sample(
        _ context: ContractContext, of user: User, credentialID: [UInt8]? = nil
    ) -> Passkey {
        Passkey(
            id: context.makeID(), userID: user.id, name: "Phone", credentialID: credentialID ?? context.makeHash(),
            publicKey: [1, 2, 3], signCount: 0, isBackupEligible: true, isBackedUp: false,
            transports: ["hybrid", "internal"], aaguid: Array(context.makeHash().prefix(16)), createdAt: context.now)
    }
}

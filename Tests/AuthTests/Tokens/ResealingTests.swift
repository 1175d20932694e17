import Core
import Fakes
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth

struct ResealingTests {
    @Test func `everything sealed is sealed under the first key, once, and the old key can go`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let context = Accounts.sealContext(of: user.id)
        let secret = [UInt8](repeating: 7, count: 20)
        _ = try await fixture.store.secondFactors.setAuthenticator(
            of: user.id, sealedSecret: fixture.keys.seal(secret, context: context), at: fixture.time.now)
        let (endpoint, former) = try await addWebhook(fixture)
        _ = try await fixture.signIn()

        let both = try MasterKeys(hexadecimal: [AccountsFixture.masterKey(9), AccountsFixture.masterKey(1)])
        let resealing = try await resealing(fixture, under: both)
        #expect(try await resealing.run() == Resealing.Report(signingKeys: 1, authenticators: 1, webhooks: 1))
        #expect(try await resealing.run() == Resealing.Report(signingKeys: 0, authenticators: 0, webhooks: 0))

        let new = try MasterKeys(hexadecimal: [AccountsFixture.masterKey(9)])
        let sealed = try #require(try await fixture.store.secondFactors.authenticator(of: user.id)?.sealedSecret)
        #expect(try new.open(sealed, context: context) == secret)
        #expect(throws: MasterKeys.SealProblem.unknownKey) { try fixture.keys.open(sealed, context: context) }
        #expect(try await self.resealing(fixture, under: new).run().signingKeys == 0)
        let webhook = try #require(try await fixture.store.webhookEndpoints.secrets(after: nil, limit: 9).first)
        let place = WebhookEndpoint.sealContext(of: endpoint)
        #expect(try new.open(webhook.secrets.current, context: place) == [2])
        #expect(try new.secretSealing.open(try #require(webhook.secrets.former).sealed, context: place) == [1])
        #expect(webhook.secrets.former?.until == former)
    }

    @Test func `what no key on the list opens stops it, and stays as it was`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let sealed = try fixture.keys.seal([1], context: Accounts.sealContext(of: user.id))
        _ = try await fixture.store.secondFactors.setAuthenticator(
            of: user.id, sealedSecret: sealed, at: fixture.time.now)
        let others = try MasterKeys(hexadecimal: [AccountsFixture.masterKey(8)])
        let resealing = try await resealing(fixture, under: others, readsKeys: false)
        await #expect(throws: MasterKeys.SealProblem.unknownKey) { try await resealing.run() }
        #expect(try await fixture.store.secondFactors.authenticator(of: user.id)?.sealedSecret == sealed)
    }

    /// An endpoint whose secret was rotated.
    /// - Returns: Until when the former secret signs, too.
    private func addWebhook(_ fixture: AccountsFixture) async throws -> (ID<WebhookEndpoint>, Timestamp) {
        let (team, id) = (ID<Team>(high: 1, low: 1), ID<WebhookEndpoint>(high: 1, low: 2))
        let (now, endpoints) = (fixture.time.now, fixture.store.webhookEndpoints)
        let endpoint = WebhookEndpoint(
            id: id, teamID: team, url: try WebhookURL(parsing: "https://a.example", reach: .publicOnly), name: "",
            subscription: .everything, createdAt: now, updatedAt: now)
        let sealing = fixture.keys.secretSealing
        let secrets = try [1, 2].map { try sealing.seal([$0], context: WebhookEndpoint.sealContext(of: id)) }
        _ = try await endpoints.insert(endpoint, sealedSecret: secrets[0], unlessThereAre: 1)
        _ = try await endpoints.rotateSecret(
            of: id, in: team, to: secrets[1], formerUntil: now + .hours(1), at: now)
        return (id, now + .hours(1))
    }

    private func resealing(
        _ fixture: AccountsFixture, under keys: MasterKeys, readsKeys: Bool = true
    ) async throws -> Resealing {
        let database = fixture.database.base
        let ring = SigningKeyRing(database: database, masterKeys: keys, time: fixture.time.source)
        if readsKeys { try await ring.reload() }
        let accounts = Accounts(
            database: database, throttle: Throttle(store: InMemoryKeyValueStore(), time: fixture.time.source),
            hashing: fixture.hashing, passwordPolicy: PasswordPolicy(), keys: keys,
            issuer: AccessTokenIssuer(issuer: "https://a.example", audience: "a", ring: ring, randomness: .seeded(2)),
            configuration: AuthConfiguration(baseURL: "https://a.example"), time: fixture.time.source,
            randomness: .seeded(3))
        return Resealing(accounts: accounts, ring: ring, database: database)
    }
}

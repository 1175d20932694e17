import Core
import Crypto
import Fakes
import Persistence
import Testing

@testable import Auth

struct SigningKeyRotationTests {
    private let now = Timestamp(seconds: 1_767_225_600)

    private func row(activeFrom: Timestamp, revokedAt: Timestamp? = nil) -> SealedSigningKey {
        SealedSigningKey(
            keyID: "\(activeFrom)", sealedPrivateKey: [], createdAt: activeFrom, activeFrom: activeFrom,
            retiresAt: activeFrom + .days(91), revokedAt: revokedAt)
    }

    @Test func `the first key signs at once`() {
        let addition = SigningKeyRotation.addition(to: [], at: now)
        #expect(addition?.activeFrom == now)
        #expect(addition?.retiresAt == now + .days(91))
    }

    @Test func `a key is followed by another after 90 days, published a day before`() {
        let first = row(activeFrom: now)
        #expect(SigningKeyRotation.addition(to: [first], at: now + .days(89) - .seconds(1)) == nil)
        let addition = SigningKeyRotation.addition(to: [first], at: now + .days(89))
        #expect(addition?.activeFrom == now + .days(90))
        let second = row(activeFrom: now + .days(90))
        #expect(SigningKeyRotation.addition(to: [first, second], at: now + .days(90)) == nil)
    }

    @Test func `a late rotation publishes a day before all the same`() {
        let addition = SigningKeyRotation.addition(to: [row(activeFrom: now)], at: now + .days(90) + .hours(12))
        #expect(addition?.activeFrom == now + .days(91) + .hours(12))
    }

    @Test func `when the only key is revoked a new one signs at once`() {
        let revoked = row(activeFrom: now - .days(1), revokedAt: now)
        #expect(SigningKeyRotation.addition(to: [revoked], at: now)?.activeFrom == now)
    }

    @Test func `a key that another instance added meanwhile is enough`() {
        let first = row(activeFrom: now)
        let due = now + .days(89)
        let one = SigningKeyRotation.addition(to: [first], at: due)
        let other = SigningKeyRotation.addition(to: [first], at: due + .seconds(3))
        #expect(one?.unlessActiveFrom == other?.unlessActiveFrom)
        #expect((one?.activeFrom ?? now) >= (other?.unlessActiveFrom ?? .init(microseconds: .max)))
    }
}

struct SigningKeyRingTests {
    private let time = ManualTime()
    private let repository = TestSealedKeyRepository()

    private func ring(_ keys: MasterKeys) -> SigningKeyRing {
        SigningKeyRing(repository: repository, masterKeys: keys, time: time.source)
    }

    @Test func `instances that start at once share one key`() async throws {
        let keys = try MasterKeys.test()
        let rings = (0..<8).map { _ in ring(keys) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for ring in rings { group.addTask { try await ring.reload() } }
            try await group.waitForAll()
        }
        #expect(await repository.rows.count == 1)
        #expect(Set(rings.map { $0.keys.signer(at: time.now)?.keyID }).count == 1)
        #expect(rings[0].keys.signer(at: time.now) != nil)
    }

    @Test func `a ring that was not loaded signs nothing`() throws {
        #expect(ring(try .test()).keys.signer(at: time.now) == nil)
    }

    @Test func `private keys are sealed in the database`() async throws {
        let ring = ring(try .test())
        try await ring.reload()
        let key = try #require(ring.keys.signer(at: time.now))
        let row = try #require(await repository.rows.first)
        #expect(!row.sealedPrivateKey.contains(Array(key.privateKey.rawRepresentation)))
        let stranger = self.ring(try .test(MasterKeys.secondText))
        await #expect(throws: SigningKeyRing.Problem.unreadableKey(.unknownKey)) { try await stranger.reload() }
        let rotated = self.ring(try .test(MasterKeys.secondText, MasterKeys.firstText))
        try await rotated.reload()
        #expect(rotated.keys.signer(at: time.now)?.keyID == key.keyID)
    }

    @Test func `a sealed key under another name is refused`() async throws {
        try await ring(try .test()).reload()
        await repository.damage()
        let other = ring(try .test())
        await #expect(throws: SigningKeyRing.Problem.unreadableKey(.unauthentic)) { try await other.reload() }
    }

    @Test func `a year of rotations always signs, and verifies every token that lives`() async throws {
        let ring = ring(try .test())
        let end = time.now + .days(400)
        var lastSigner: String?
        var signers: Set<String> = []
        while time.now < end {
            try await ring.reload()
            let signer = try #require(ring.keys.signer(at: time.now))
            #expect(ring.keys.published(at: time.now).contains { $0.kid == signer.keyID })
            if let lastSigner, lastSigner != signer.keyID {
                // The new one was published for a day, and the tokens of the one before are still good.
                #expect(ring.keys.verifier(lastSigner, at: time.now + .minutes(5)) != nil)
                let row = try #require(await repository.rows.first { $0.keyID == signer.keyID })
                #expect(row.activeFrom - row.createdAt == .days(1))
            }
            signers.insert(signer.keyID)
            lastSigner = signer.keyID
            time.advance(by: .hours(6))
        }
        #expect(signers.count == 5)
        #expect(ring.keys.published(at: time.now).count <= 2)
    }

    @Test func `a key is not believed once it is retired`() async throws {
        let ring = ring(try .test())
        try await ring.reload()
        let key = try #require(ring.keys.signer(at: time.now))
        #expect(ring.keys.verifier(key.keyID, at: key.retiresAt - .microseconds(1)) != nil)
        #expect(ring.keys.verifier(key.keyID, at: key.retiresAt) == nil)
        #expect(ring.keys.signer(at: key.retiresAt - .minutes(5)) == nil)
        #expect(ring.keys.published(at: key.retiresAt).isEmpty)
    }

    @Test func `a revoked key is dead as soon as it is read, and replaced`() async throws {
        let ring = ring(try .test())
        try await ring.reload()
        let key = try #require(ring.keys.signer(at: time.now))
        await repository.revoke(key.keyID, at: time.now)
        try await ring.reload()
        #expect(ring.keys.verifier(key.keyID, at: time.now) == nil)
        #expect(!ring.keys.published(at: time.now).contains { $0.kid == key.keyID })
        let next = try #require(ring.keys.signer(at: time.now))
        #expect(next.keyID != key.keyID)
    }

    @Test func `an answer that comes late does not bring a revoked key back`() async throws {
        let ring = ring(try .test())
        try await ring.reload()
        let key = try #require(ring.keys.signer(at: time.now))
        await repository.hold()
        async let late: Void = ring.reload()
        while await repository.heldCount == 0 { await Task.yield() }
        await repository.answer(held: false)
        await repository.revoke(key.keyID, at: time.now)
        try await ring.reload()
        #expect(ring.keys.verifier(key.keyID, at: time.now) == nil)
        await repository.answer(held: true)
        try await late
        #expect(ring.keys.verifier(key.keyID, at: time.now) == nil)
    }

    @Test func `when the signing key is revoked the published next one steps in`() async throws {
        let ring = ring(try .test())
        try await ring.reload()
        let first = try #require(ring.keys.signer(at: time.now))
        time.advance(by: .days(89))
        try await ring.reload()
        #expect(ring.keys.signer(at: time.now)?.keyID == first.keyID)
        await repository.revoke(first.keyID, at: time.now)
        try await ring.reload()
        #expect(await repository.rows.count == 2)
        #expect(ring.keys.signer(at: time.now) != nil)
    }

    @Test func `an unknown key makes the ring read at most every 30 s`() async throws {
        let ring = ring(try .test())
        try await ring.reload()
        let reads = await repository.reads
        #expect(try await !ring.reloadForUnknownKey())
        time.advance(by: .seconds(30))
        let reloads = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { try await ring.reloadForUnknownKey() } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(reloads == 1)
        #expect(await repository.reads == reads + 1)
    }

    @Test func `the published key is the one that verifies`() async throws {
        let ring = ring(try .test())
        try await ring.reload()
        let key = try #require(ring.keys.signer(at: time.now))
        let published = try #require(ring.keys.published(at: time.now).first)
        #expect(
            [published.kty, published.crv, published.alg, published.use, published.kid]
                == ["EC", "P-256", "ES256", "sig", key.keyID])
        let x = try #require(Base64URL.decode(published.x))
        let y = try #require(Base64URL.decode(published.y))
        #expect(x.count == 32)
        #expect(
            try P256.Signing.PublicKey(rawRepresentation: x + y).rawRepresentation == key.publicKey.rawRepresentation)
    }
}

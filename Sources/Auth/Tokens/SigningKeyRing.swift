public import Core
import Crypto
import Foundation
public import Persistence
import Synchronization

/// The signing keys of this installation, shared by all instances through the database, sealed there.
public final class SigningKeyRing: Sendable {
    /// How often at most a token with an unknown key makes the ring read the database.
    static let reloadInterval: Duration = .seconds(30)

    /// A key in the database is not what its row says.
    public enum Problem: Error, Equatable {
        case unreadableKey(MasterKeys.SealProblem)
        case damagedKey
    }

    private struct State {
        var keys = SigningKeys()
        var rows: [SealedSigningKey] = []
        var lastReload: Timestamp?
        /// Reloads begun, and which of them ``keys`` come from: of two at once the later one's answer stays.
        var reloads = 0
        var source = 0
    }

    private let repository: any SealedKeyRepository
    private let masterKeys: MasterKeys
    private let time: TimeSource
    private let state = Mutex(State())

    /// Empty until ``reload()``.
    public convenience init(database: any Database, masterKeys: MasterKeys, time: TimeSource) {
        self.init(repository: database.scoped(.system).sealedKeys, masterKeys: masterKeys, time: time)
    }

    init(repository: any SealedKeyRepository, masterKeys: MasterKeys, time: TimeSource) {
        self.repository = repository
        self.masterKeys = masterKeys
        self.time = time
    }

    /// The keys as last read.
    public var keys: SigningKeys { state.withLock { $0.keys } }

    /// Reads the keys and adds the first, or the next when its time has come. To be called at start, and every few
    /// minutes from then on: a revoked key is dead here as soon as it has been read.
    /// - Throws: ``Problem``; `DatabaseError`.
    public func reload() async throws {
        let now = time.now()
        let number = state.withLock { state in
            state.lastReload = now
            state.reloads += 1
            return state.reloads
        }
        var rows = try await repository.signingKeys(at: now)
        if let addition = SigningKeyRotation.addition(to: rows, at: now) {
            let row = try newKey(addition, at: now)
            _ = try await repository.insert(row, unlessActiveFrom: addition.unlessActiveFrom)
            rows = try await repository.signingKeys(at: now)
        }
        let opened = try rows.map(opened)
        state.withLock { state in
            guard number > state.source else { return }
            state.source = number
            guard rows != state.rows else { return }
            state.rows = rows
            state.keys = SigningKeys(opened, revision: state.keys.revision + 1)
        }
    }

    /// Every key that has not retired, oldest first, from the database.
    /// - Throws: `DatabaseError`.
    public func list() async throws -> [SealedSigningKey] {
        try await repository.signingKeys(at: time.now())
    }

    /// Adds the next key before its time: it is published now and signs once others had a day to learn of it.
    /// - Returns: It; nil when another was added at the same time, or waits to become active already.
    /// - Throws: `DatabaseError`.
    public func rotate() async throws -> SealedSigningKey? {
        let now = time.now()
        guard let addition = SigningKeyRotation.early(after: try await repository.signingKeys(at: now), at: now)
        else { return nil }
        let row = try newKey(addition, at: now)
        guard try await repository.insert(row, unlessActiveFrom: addition.unlessActiveFrom) else { return nil }
        try await reload()
        return row
    }

    /// Kills a key: what it signed is refused, here at once and wherever the news arrives. The next key steps in.
    /// - Returns: False when there is no such key, or it was killed before.
    /// - Throws: `DatabaseError`.
    public func revoke(_ keyID: String) async throws -> Bool {
        guard try await repository.revoke(keyID, at: time.now()) else { return false }
        try await reload()
        return true
    }

    /// Seals under the first master key what was sealed under another.
    /// - Returns: How many keys.
    /// - Throws: ``Problem``; `DatabaseError`.
    func reseal() async throws -> Int {
        var count = 0
        for row in try await repository.signingKeys(at: time.now()) {
            let new = try masterKeys.resealed(row.sealedPrivateKey, context: Self.context(row.keyID))
            if let new, try await repository.reseal(row.keyID, from: row.sealedPrivateKey, to: new) { count += 1 }
        }
        return count
    }

    /// Reads the keys because a token names one that is not here, at most every 30 s.
    /// - Returns: Whether it read them.
    func reloadForUnknownKey() async throws -> Bool {
        let now = time.now()
        let isDue = state.withLock { state in
            if let last = state.lastReload, now - last < Self.reloadInterval { return false }
            state.lastReload = now
            return true
        }
        if isDue { try await reload() }
        return isDue
    }

    private func newKey(_ addition: SigningKeyRotation.Addition, at now: Timestamp) throws -> SealedSigningKey {
        let privateKey = P256.Signing.PrivateKey()
        let keyID = JSONWebKey.thumbprint(of: privateKey.publicKey)
        let sealed = try masterKeys.seal(Array(privateKey.rawRepresentation), context: Self.context(keyID))
        return SealedSigningKey(
            keyID: keyID, sealedPrivateKey: sealed, createdAt: now, activeFrom: addition.activeFrom,
            retiresAt: addition.retiresAt)
    }

    private func opened(_ row: SealedSigningKey) throws(Problem) -> SigningKey {
        let raw: [UInt8]
        do {
            raw = try masterKeys.open(row.sealedPrivateKey, context: Self.context(row.keyID))
        } catch {
            throw .unreadableKey(error)
        }
        guard let privateKey = try? P256.Signing.PrivateKey(rawRepresentation: raw) else { throw .damagedKey }
        return SigningKey(
            privateKey: privateKey, activeFrom: row.activeFrom, retiresAt: row.retiresAt, revokedAt: row.revokedAt)
    }

    /// Binds the sealed key to its name, so that a row can't pass for another.
    private static func context(_ keyID: String) -> String { "signing-key/\(keyID)" }
}

import Core
import Persistence

@testable import Auth

/// The signing keys of several instances, in memory.
actor TestSealedKeyRepository: SealedKeyRepository {
    private(set) var rows: [SealedSigningKey] = []
    private(set) var reads = 0
    private var holdsReaders = false
    private var held: [CheckedContinuation<Void, Never>] = []

    var heldCount: Int { held.count }

    func signingKeys(at time: Timestamp) async -> [SealedSigningKey] {
        reads += 1
        let answer = rows.filter { time < $0.retiresAt }
        if holdsReaders { await withCheckedContinuation { held.append($0) } }
        return answer
    }

    /// Keeps back the answers to those who read from now on, until ``answer(held:)``.
    func hold() {
        holdsReaders = true
    }

    /// Answers all from now on, and those that wait when told so.
    func answer(held isForHeld: Bool) {
        holdsReaders = false
        guard isForHeld else { return }
        for reader in held { reader.resume() }
        held = []
    }

    func insert(_ key: SealedSigningKey, unlessActiveFrom time: Timestamp) -> Bool {
        guard !rows.contains(where: { $0.activeFrom >= time }) else { return false }
        rows.append(key)
        return true
    }

    func rememberMasterKey(fingerprint: [UInt8], at time: Timestamp) -> [[UInt8]] { [fingerprint] }

    func reseal(_ keyID: String, from old: [UInt8], to new: [UInt8]) -> Bool { false }

    func replaceMasterKeys(fingerprint: [UInt8], at time: Timestamp) {}

    @discardableResult
    func revoke(_ keyID: String, at time: Timestamp) -> Bool {
        let isThere = rows.contains { $0.keyID == keyID && $0.revokedAt == nil }
        defer { kill(keyID, at: time) }
        return isThere
    }

    private func kill(_ keyID: String, at time: Timestamp) {
        rows = rows.map { row in
            guard row.keyID == keyID else { return row }
            return SealedSigningKey(
                keyID: row.keyID, sealedPrivateKey: row.sealedPrivateKey, createdAt: row.createdAt,
                activeFrom: row.activeFrom, retiresAt: row.retiresAt, revokedAt: time)
        }
    }

    func damage() {
        rows = rows.map { row in
            SealedSigningKey(
                keyID: "another", sealedPrivateKey: row.sealedPrivateKey, createdAt: row.createdAt,
                activeFrom: row.activeFrom, retiresAt: row.retiresAt)
        }
    }
}

extension MasterKeys {
    static let firstText = "8f14e45fceea167a5a36dedd4bea2543c9f0f895fb98ab9159f51fd0297e236d"
    static let secondText = "45c48cce2e2d7fbdea1afc51c7c6ad26d3d9446802a44259755d38e6d163e820"

    static func test(_ texts: String...) throws -> MasterKeys {
        try MasterKeys(hexadecimal: texts.isEmpty ? [firstText] : texts)
    }
}

import Auth
import Core
import Persistence

/// The fingerprint of the master key that a database was set up with, kept in it: with any other key, what is sealed in
/// there could not be read.
enum MasterKeyRecord {
    /// Leaves the fingerprint in a new database, and compares it in every other.
    /// - Parameter developmentKey: Where the key comes from, when not from the settings.
    /// - Throws: ``StartError/otherMasterKey(remembered:given:developmentKey:)``; `DatabaseError`.
    static func require(
        _ keys: MasterKeys, developmentKey: String?, in database: any Database, at time: Timestamp
    ) async throws {
        let remembered = try await database.scoped(.system).sealedKeys
            .rememberMasterKey(fingerprint: keys.fingerprint, at: time)
        try compare(remembered: remembered, with: keys, developmentKey: developmentKey)
    }

    static func compare(
        remembered: [[UInt8]], with keys: MasterKeys, developmentKey: String?
    ) throws(StartError) {
        guard !remembered.isEmpty, Set(remembered).isDisjoint(with: keys.fingerprints) else { return }
        throw .otherMasterKey(
            remembered: remembered.map { HexDigits.encode($0) }, given: keys.fingerprints.map { HexDigits.encode($0) },
            developmentKey: developmentKey)
    }
}

/// Which steps a database has.
public struct MigrationStatus: Sendable, Equatable {
    /// The ids of the steps it has, in their order.
    public let applied: [String]
    /// The ids of the steps it still needs, in their order.
    public let pending: [String]

    public var isUpToDate: Bool { pending.isEmpty }

    /// - Parameter recorded: The checksums of the applied steps by their ids.
    /// - Throws: ``MigrationError/newerDatabase(unknown:)``, ``MigrationError/edited(id:)``.
    init(of migrations: [Migration], recorded: [String: String]) throws(MigrationError) {
        let unknown = Set(recorded.keys).subtracting(migrations.map(\.id))
        guard unknown.isEmpty else { throw .newerDatabase(unknown: unknown.sorted()) }
        for migration in migrations {
            guard let checksum = recorded[migration.id] else { continue }
            guard checksum == migration.checksum else { throw .edited(id: migration.id) }
        }
        applied = migrations.map(\.id).filter { recorded[$0] != nil }
        pending = migrations.map(\.id).filter { recorded[$0] == nil }
    }
}

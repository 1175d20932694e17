public import Core

/// What people asked to have of their data. In the scope of a person only that person's are visible.
public protocol DataExportRepository: Sendable {
    func insert(_ export: DataExport) async throws

    func find(_ id: ID<DataExport>, of user: ID<User>) async throws -> DataExport?

    /// The person's, latest first by creation, then id.
    func list(of user: ID<User>, page: PageRequest) async throws -> Page<DataExport>

    /// Notes that the archive is there. Only the system may.
    /// - Returns: False when there is no such export, or it is complete already.
    func complete(_ id: ID<DataExport>, with archive: DataExport.Archive) async throws -> Bool

    /// Removes those whose archive expired before `time`, and those without one made before ``DataExport/longestWork`` of
    /// it. Only the system may.
    /// - Returns: The removed ones.
    func removeOver(before time: Timestamp) async throws -> [DataExport]

    /// - Returns: The removed ones.
    func removeAll(of user: ID<User>) async throws -> [DataExport]
}

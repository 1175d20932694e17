import Core
import Persistence

struct InMemoryDataExports: DataExportRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ export: DataExport) async throws {
        try await access.write { tables in
            try Scope.require(scope.isSystem || scope.sees(export.userID) && export.archive == nil)
            guard tables.dataExports[export.id] == nil else { throw DatabaseError.uniqueViolation }
            guard tables.users[export.userID] != nil else { throw DatabaseError.foreignKeyViolation }
            tables.dataExports[export.id] = export
        }
    }

    func find(_ id: ID<DataExport>, of user: ID<User>) async throws -> DataExport? {
        try await access.read { tables in own(user, in: tables).first { $0.id == id } }
    }

    func list(of user: ID<User>, page: PageRequest) async throws -> Page<DataExport> {
        try await access.read { tables in
            .latestFirst(own(user, in: tables), page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }

    func complete(_ id: ID<DataExport>, with archive: DataExport.Archive) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard let export = tables.dataExports[id], export.archive == nil else { return false }
            tables.dataExports[id] = DataExport(
                id: id, userID: export.userID, createdAt: export.createdAt, archive: archive)
            return true
        }
    }

    func removeOver(before time: Timestamp) async throws -> [DataExport] {
        try await remove { export in
            export.archive.map { $0.expiresAt < time } ?? (export.createdAt < time - DataExport.longestWork)
        }
    }

    func removeAll(of user: ID<User>) async throws -> [DataExport] {
        try await remove { $0.userID == user }
    }

    private func remove(where isOver: (DataExport) -> Bool) async throws -> [DataExport] {
        try await access.write { tables in
            // A person may ask for exports and look at them; to take them away is the system's.
            try Scope.require(scope.isSystem)
            let over = tables.dataExports.values.filter(isOver)
            for export in over { tables.dataExports[export.id] = nil }
            return over
        }
    }

    private func own(_ user: ID<User>, in tables: Tables) -> [DataExport] {
        scope.sees(user) ? tables.dataExports.values.filter { $0.userID == user } : []
    }
}

import Core
import Persistence
import PostgresClient

struct PostgresDataExportRepository: DataExportRepository {
    let runner: any StatementRunner

    func insert(_ export: DataExport) async throws {
        try await runner.change(
            """
            insert into data_exports (id, user_id, created_at, object_key, size, ready_at, expires_at)
            values (
                \(export.id), \(export.userID), \(export.createdAt), \(export.archive?.key.text),
                \(export.archive?.size), \(export.archive?.readyAt), \(export.archive?.expiresAt))
            """)
    }

    func find(_ id: ID<DataExport>, of user: ID<User>) async throws -> DataExport? {
        try await runner.first(
            "select \(unescaped: DataExport.columns) from data_exports where id = \(id) and user_id = \(user)",
            DataExport.init(columns:))
    }

    func list(of user: ID<User>, page: PageRequest) async throws -> Page<DataExport> {
        try await runner.page(
            """
            select \(unescaped: DataExport.columns)
            from data_exports
            where user_id = \(user) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, DataExport.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func complete(_ id: ID<DataExport>, with archive: DataExport.Archive) async throws -> Bool {
        try await runner.change(
            """
            update data_exports
            set object_key = \(archive.key.text), size = \(archive.size), ready_at = \(archive.readyAt),
                expires_at = \(archive.expiresAt)
            where id = \(id) and ready_at is null
            """) == 1
    }

    func removeOver(before time: Timestamp) async throws -> [DataExport] {
        try await runner.changed(
            """
            delete from data_exports
            where created_at < \(time)
                and (expires_at < \(time) or ready_at is null and created_at < \(time - DataExport.longestWork))
            returning \(unescaped: DataExport.columns)
            """, DataExport.init(columns:))
    }

    func removeAll(of user: ID<User>) async throws -> [DataExport] {
        try await runner.changed(
            "delete from data_exports where user_id = \(user) returning \(unescaped: DataExport.columns)",
            DataExport.init(columns:))
    }
}

import Auth
import Core
import DatabaseSupport
import Foundation
import Integrations
import Persistence
import PersistencePostgreSQL
import PostgresClient
import Testing

/// Everything that is held about a person is in the export and gone after the purge: asked of the real tables.
struct PersonalDataTests {
    @Test func `every column that can hold text or bytes has its meaning, and there are no others`() async throws {
        try await withDatabase { client, _ in
            let columns = try await client.query(
                """
                select c.relname || '.' || a.attname
                from pg_attribute as a
                join pg_class as c on c.oid = a.attrelid
                join pg_type as t on t.oid = a.atttypid
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                    and a.attnum > 0 and not a.attisdropped
                    and t.typname in ('text', '_text', 'jsonb', 'bytea', 'bpchar', 'varchar')
                order by 1
                """
            ).map { row in
                var columns = row.columns
                return try columns.next() as String
            }
            #expect(Set(columns).subtracting(PersonalColumns.meanings.keys) == [])
            #expect(Set(PersonalColumns.meanings.keys).subtracting(columns) == [])
        }
    }

    @Test func `a mark in every personal column is in the export and gone after the purge`() async throws {
        try await withDatabase { client, database async throws in
            let marks = MarkedPerson()
            _ = try await client.batch(marks.statements)
            let site = try Archivist(database)
            defer { site.close() }
            let before = try await dump(client)
            let personal = [PersonalColumns.Meaning.told, .secret, .passing].flatMap(PersonalColumns.columns)
            for column in personal { #expect(marks.isIn(before, column), "\(column) was not filled") }

            let archive = try await site.export(of: marks.user)
            for column in PersonalColumns.columns(.told) {
                #expect(marks.isTold(by: archive, column), "\(column) is not in the export")
            }
            for column in PersonalColumns.columns(.secret) + PersonalColumns.columns(.passing) {
                #expect(!marks.isTold(by: archive, column), "\(column) is in the export")
            }

            #expect(try await site.accounts.purgeDue() == 1)
            let after = try await dump(client)
            for column in personal { #expect(!marks.isIn(after, column), "\(column) outlives the purge") }
            // What was done is known all the same.
            #expect(after.contains("mark.action") && after.contains("user.purged"))
        }
    }

    /// All rows of all tables as text, but of that of the migrations, which nobody may read who serves people.
    private func dump(_ client: PostgresClient) async throws -> String {
        let tables = Set(PersonalColumns.meanings.keys.compactMap { $0.split(separator: ".").first.map(String.init) })
        var text = ""
        for table in tables.sorted() where table != "schema_migrations" {
            let rows = try await client.query(
                "select coalesce(string_agg(t::text, chr(10)), '') from \(unescaped: table) as t")
            for row in rows {
                var columns = row.columns
                text += try columns.next() as String
            }
        }
        return text
    }
}

/// Accounts and exports over a real database.
private struct Archivist {
    let accounts: Accounts
    private let exports: Exports
    private let objects: DiskObjectStore
    private let directory: URL
    private let database: PostgresDatabase
    private let time = TimeSource { MarkedPerson.now }

    init(_ database: PostgresDatabase) throws {
        self.database = database
        let keys = try MasterKeys(hexadecimal: [HexDigits.encode(Randomness.system.bytes(32))])
        let ring = SigningKeyRing(database: database, masterKeys: keys, time: time)
        accounts = Accounts(
            database: database, throttle: Throttle(store: database.keyValues, time: time),
            passwords: Passwords(parameters: .standard, pool: HashingPool(threads: 1), randomness: .system),
            passwordPolicy: PasswordPolicy(), keys: keys,
            issuer: AccessTokenIssuer(issuer: "https://a.example", audience: "a", ring: ring, randomness: .system),
            configuration: AuthConfiguration(baseURL: "https://a.example"), time: time, randomness: .system)
        let name = "plinth-personal-\(ProcessInfo.processInfo.globallyUniqueString)"
        directory = FileManager.default.temporaryDirectory.appending(path: name)
        objects = DiskObjectStore(directory: directory.path, time: time, randomness: .system) { _ in "" }
        exports = Exports(accounts: accounts, objects: objects)
    }

    func close() {
        try? FileManager.default.removeItem(at: directory)
    }

    /// The archive as text: tar keeps its files as they are.
    func export(of user: ID<User>) async throws -> String {
        let export = DataExport(
            id: .make(at: MarkedPerson.now, randomness: .system), userID: user, createdAt: MarkedPerson.now)
        let store = database.scoped(.system).dataExports
        try await store.insert(export)
        try await exports.build(DataExportWork(export))
        let archive = try #require(try await store.find(export.id, of: user)?.archive)
        let reading = try #require(try await objects.read(archive.key, range: nil))
        var bytes: [UInt8] = []
        for try await piece in reading.content { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }
}

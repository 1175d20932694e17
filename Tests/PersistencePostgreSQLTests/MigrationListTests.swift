import Testing

@testable import PersistencePostgreSQL

struct MigrationListTests {
    @Test func `ids are a date and a number and go up`() throws {
        for migration in Migration.all {
            #expect(try #/\d{8}_\d{4}/#.wholeMatch(in: migration.id) != nil)
        }
        #expect(Migration.all.map(\.id) == Set(Migration.all.map(\.id)).sorted())
    }

    @Test(arguments: Migration.all.filter { !$0.transactional })
    func `what runs outside a transaction is one statement`(migration: Migration) {
        #expect(migration.sql.split(separator: ";").count == 1)
    }

    @Test(arguments: Migration.all.filter(\.transactional))
    func `what runs in a transaction leaves beginning and ending it to the migrator`(migration: Migration) {
        for word in ["commit;", "rollback;", "start transaction;", "concurrently"] {
            #expect(!migration.sql.lowercased().contains(word))
        }
    }

    @Test func `the checksum is the SHA-256 of the text`() {
        let migration = Migration(id: "20990101_0001", name: "none", sql: "select 1")
        #expect(migration.checksum == "822ae07d4783158bc1912bb623e5107cc9002d519e1143a9c200ed6ee18b6d0f")
    }

    @Test func `an unknown step is named as the work of a newer version`() {
        let step = Migration(id: "20990101_0001", name: "none", sql: "select 1")
        #expect(throws: MigrationError.newerDatabase(unknown: ["20990101_0002", "20990101_0003"])) {
            try MigrationStatus(
                of: [step], recorded: ["20990101_0003": "", "20990101_0002": "", step.id: step.checksum])
        }
        #expect(
            MigrationError.newerDatabase(unknown: ["20990101_0002"]).description
                == "this database was migrated by a newer Plinth: it has 20990101_0002, which this version does not"
                + " know; start that version or a later one")
    }
}

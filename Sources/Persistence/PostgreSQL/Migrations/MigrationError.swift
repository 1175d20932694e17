/// Why the schema can't be brought up to date. The descriptions are for an operator.
public enum MigrationError: Error, Equatable {
    /// The database has steps that this version does not know.
    case newerDatabase(unknown: [String])
    /// The text of a step differs from what was applied.
    case edited(id: String)
    /// Another process was migrating for too long.
    case busy
    /// PostgreSQL refused a step, which left nothing behind. The code is that of PostgreSQL's appendix A.
    case refused(id: String, code: String)
}

extension MigrationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .newerDatabase(let unknown):
            "this database was migrated by a newer Plinth: it has \(unknown.joined(separator: ", ")), which this"
                + " version does not know; start that version or a later one"
        case .edited(let id):
            "migration \(id) was changed after it was applied to this database: restore its text and put the change"
                + " into a new migration"
        case .busy:
            "another process has been migrating this database for too long; look what it waits for, then try again"
        case .refused(let id, let code):
            "PostgreSQL refused migration \(id) with error \(code) and left everything as it was before it"
        }
    }
}

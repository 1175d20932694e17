public import Core
public import Persistence
import Synchronization

/// What is switched on for whom, answered from memory.
///
/// ```swift
/// let flags = FeatureFlags(database: database)
/// try await flags.refresh()
/// if flags.isOn("new-editor", for: FlagSubject(user)) { … }
/// ```
///
/// Whoever made it calls ``refresh()`` when a flag may have changed: on news from the database, and every so often where news
/// gets lost. While the database is away, the flags stay as they were last read.
public final class FeatureFlags: Sendable {
    private let database: any Database
    private let current = Mutex(FlagSet.none)

    public init(database: any Database) {
        self.database = database
    }

    /// Whether something is switched on. Asks nobody.
    /// - Parameter otherwise: The answer where there is no such flag, or none was read yet.
    public func isOn(_ key: String, for subject: FlagSubject, otherwise: Bool = false) -> Bool {
        FlagKey(key).flatMap { key in flags[key]?.isOn(for: subject) } ?? otherwise
    }

    /// Every flag as it is for a subject. Asks nobody.
    public func values(for subject: FlagSubject) -> [FlagKey: Bool] {
        flags.values(for: subject)
    }

    /// The flags in force here.
    public var flags: FlagSet { current.withLock(\.self) }

    /// Reads the flags if any changed since; else it costs one statement that reads one row.
    /// - Returns: Whether there were changes.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public func refresh() async throws -> Bool {
        let known = flags.revision
        let repository = database.scoped(.system).flags
        guard try await repository.revision() != known else { return false }
        let read = try await repository.all()
        return current.withLock { current in
            // Of several that read at once the latest stays. Where nobody else read, what was read counts even if it is of
            // a lower revision: the database may have been restored.
            guard current.revision == known || current.revision < read.revision else { return false }
            current = read
            return true
        }
    }
}

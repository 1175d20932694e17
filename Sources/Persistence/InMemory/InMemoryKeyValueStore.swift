public import Core
public import Persistence
import Synchronization

/// Values of one process, for tests and for a server that is alone.
public final class InMemoryKeyValueStore: KeyValueStore {
    /// Expired values are looked for once in so many writes.
    private static let writesBetweenSweeps = 1024

    private struct Entry {
        let stored: VersionedValue
        let expiresAt: Timestamp
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// Counts over all keys, so that a version never comes again, even of a key removed in between.
        var writes: Int64 = 0

        func live(_ key: String, at time: Timestamp) -> VersionedValue? {
            entries[key].flatMap { time < $0.expiresAt ? $0.stored : nil }
        }
    }

    private let state = Mutex(State())

    public init() {}

    public func read(_ key: String, at time: Timestamp) async throws -> VersionedValue? {
        state.withLock { $0.live(key, at: time) }
    }

    public func write(
        _ key: String, value: [UInt8], ifVersion version: Int64?, expiresAt: Timestamp, at time: Timestamp
    ) async throws -> Bool {
        state.withLock { state in
            guard state.live(key, at: time)?.version == version else { return false }
            state.writes &+= 1
            state.entries[key] = Entry(
                stored: VersionedValue(value: value, version: state.writes), expiresAt: expiresAt)
            if state.writes % Int64(Self.writesBetweenSweeps) == 0 {
                state.entries = state.entries.filter { time < $0.value.expiresAt }
            }
            return true
        }
    }

    public func remove(_ key: String) async throws {
        state.withLock { _ = $0.entries.removeValue(forKey: key) }
    }

    /// How many values are held, expired ones included until they are swept.
    package var count: Int { state.withLock { $0.entries.count } }
}

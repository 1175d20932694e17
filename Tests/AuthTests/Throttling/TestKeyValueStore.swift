import Core
import Persistence

/// Counters that several instances share, in memory; can be made to fail, and notes what it was asked.
actor TestKeyValueStore: KeyValueStore {
    private(set) var values: [String: (value: VersionedValue, expiresAt: Timestamp)] = [:]
    private(set) var reads = 0
    private(set) var writes = 0
    private var isFailing = false
    private var cancelsCallers = false
    private var lastVersion: Int64 = 0

    var keys: [String] { Array(values.keys) }

    func fail(_ isFailing: Bool) {
        self.isFailing = isFailing
    }

    /// Cancels the task of whoever reads, and fails as a store does that notices.
    func cancelCallers(_ cancelsCallers: Bool) {
        self.cancelsCallers = cancelsCallers
    }

    func read(_ key: String, at time: Timestamp) async throws -> VersionedValue? {
        reads += 1
        if isFailing { throw DatabaseError.unavailable(retryAfter: .seconds(1)) }
        let found = live(key, at: time)
        if cancelsCallers {
            withUnsafeCurrentTask { $0?.cancel() }
            throw CancellationError()
        }
        // Lets others in between reading and writing.
        await Task.yield()
        return found
    }

    func write(
        _ key: String, value: [UInt8], ifVersion version: Int64?, expiresAt: Timestamp, at time: Timestamp
    ) async throws -> Bool {
        if isFailing { throw DatabaseError.unavailable(retryAfter: .seconds(1)) }
        guard live(key, at: time)?.version == version else { return false }
        writes += 1
        lastVersion += 1
        values[key] = (VersionedValue(value: value, version: lastVersion), expiresAt)
        return true
    }

    func remove(_ key: String) {
        values[key] = nil
    }

    private func live(_ key: String, at time: Timestamp) -> VersionedValue? {
        values[key].flatMap { time < $0.expiresAt ? $0.value : nil }
    }
}

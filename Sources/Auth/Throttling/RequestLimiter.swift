public import Core
public import Persistence
import Synchronization

/// Limits requests a minute for a key over all instances, without asking the store for each.
///
/// An instance takes permits out of the shared count in chunks of a twentieth of the limit and gives them out from
/// memory, so the sum over all instances never exceeds the limit; up to a chunk an instance may stay unused. A window
/// of 60 s starts with a key's first request. While the store fails, each instance counts to the limit alone: a limit
/// that lets through a little more is better than none served at all.
public final class RequestLimiter: Sendable {
    /// A person or team in a minute.
    public static let principalLimit = 600
    /// An address without a credential in a minute.
    public static let addressLimit = 120
    /// Keys remembered at most; a forgotten one costs a visit to the store.
    public static let defaultCapacity = 50_000
    /// How long the store is left alone after it failed.
    static let storeRest: Duration = .seconds(5)
    private static let shardCount = 16

    private let store: any KeyValueStore
    private let time: TimeSource
    private let shards: [RequestLimiterShard]
    private let storeRestsUntil = Mutex(Timestamp(microseconds: .min))

    public init(store: any KeyValueStore, time: TimeSource, capacity: Int = defaultCapacity) {
        self.store = store
        self.time = time
        shards = (0..<Self.shardCount).map { _ in RequestLimiterShard(capacity: capacity / Self.shardCount) }
    }

    /// Counts a request from memory; nil when the store has to be asked, by ``take(_:limit:)``.
    /// - Parameters:
    ///   - key: Whom to count. A key with another limit is another key.
    ///   - limit: Requests in a minute, at least 1.
    public func takeLocally(_ key: String, limit: Int) -> RequestLimit? {
        shard(of: key).take(key, limit: max(1, limit), at: time.now())
    }

    /// Counts a request. Of several at once for one key, one asks the store and the others wait for it.
    /// - Throws: `CancellationError`.
    public func take(_ key: String, limit: Int) async throws -> RequestLimit {
        let limit = max(1, limit)
        let shard = shard(of: key)
        while true {
            try Task.checkCancellation()
            let now = time.now()
            if let answer = shard.take(key, limit: limit, at: now) { return answer }
            guard shard.becomesLeader(of: key) else {
                await shard.waitForLeader(of: key)
                continue
            }
            let lease = await lease(key, limit: limit, at: now)
            if let answer = shard.finish(key, limit: limit, lease: lease, at: now) { return answer }
        }
    }

    /// Nil when the task was cancelled meanwhile.
    private func lease(_ key: String, limit: Int, at now: Timestamp) async -> SharedWindow.Lease? {
        let alone = SharedWindow.Lease(endsAt: now + SharedWindow.length, granted: limit, untaken: 0)
        guard storeRestsUntil.withLock({ $0 <= now }) else { return alone }
        do {
            return try await store.update(HashedKey.text("requests", "\(limit)", key), at: now) { bytes in
                var window = SharedWindow(encoded: bytes, at: now)
                let lease = window.lease(limit: limit)
                return (lease, lease.granted > 0 ? (window.encoded, window.endsAt) : nil)
            }
        } catch {
            if Task.isCancelled { return nil }
            storeRestsUntil.withLock { $0 = now + Self.storeRest }
            return alone
        }
    }

    private func shard(of key: String) -> RequestLimiterShard {
        shards[Int(truncatingIfNeeded: key.hashValue) & (Self.shardCount - 1)]
    }
}

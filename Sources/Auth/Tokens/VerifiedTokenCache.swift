import Core
import Synchronization

/// Tokens whose signature was found right a moment ago, so that it is computed once a token and instance.
///
/// Bounded, and forgets by two generations: what was not asked for while half a cache of others came is gone. What was
/// learnt under another set of signing keys is never believed.
public final class VerifiedTokenCache: Sendable {
    /// Tokens kept at most.
    public static let defaultCapacity = 10_000
    private static let shardCount = 16

    private let shards: [Shard]

    public init(capacity: Int = defaultCapacity) {
        let share = max(1, capacity / Self.shardCount)
        shards = (0..<Self.shardCount).map { _ in Shard(capacity: share) }
    }

    /// Forgets all tokens.
    public func removeAll() {
        for shard in shards { shard.state.withLock { $0.entries.removeAll() } }
    }

    var count: Int {
        shards.reduce(0) { total, shard in total + shard.state.withLock { $0.entries.count } }
    }

    /// The claims of a token that was verified under the keys of `revision` and still lives.
    func claims(of text: String, at now: Timestamp, revision: Int) -> AccessClaims? {
        shard(of: text).state.withLock { state in
            guard state.revision == revision, let entry = state.entries[text] else { return nil }
            return now < entry.until ? entry.claims : nil
        }
    }

    /// Keeps the claims of a token just verified under the keys of `revision`.
    func insert(_ claims: AccessClaims, of text: String, until: Timestamp, revision: Int) {
        shard(of: text).state.withLock { state in
            // An older set of keys is over: it may have held one that is revoked.
            guard revision >= state.revision else { return }
            if revision > state.revision {
                state.entries.removeAll()
                state.revision = revision
            }
            state.entries[text] = Entry(claims: claims, until: until)
        }
    }

    /// By a character of the signature, which is as good as random; the last one carries only two bits.
    private func shard(of text: String) -> Shard {
        let character = text.utf8.dropLast().last ?? 0
        return shards[Int(character) & (Self.shardCount - 1)]
    }

    private struct Entry {
        let claims: AccessClaims
        let until: Timestamp
    }

    private struct ShardState {
        var entries: RecentEntries<String, Entry>
        /// Of the signing keys that the entries were verified with.
        var revision = 0
    }

    private final class Shard: Sendable {
        let state: Mutex<ShardState>

        init(capacity: Int) {
            state = Mutex(ShardState(entries: RecentEntries(capacity: capacity)))
        }
    }
}

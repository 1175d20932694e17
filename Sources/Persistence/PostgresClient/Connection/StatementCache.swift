/// The prepared statements of one connection: which statement has which name.
struct StatementCache {
    /// Kept at most; each costs memory in the server's process.
    static let most = 256

    enum Name: Equatable {
        case ready(String)
        /// Its PREPARE has not been answered yet.
        case pending
        case absent
    }

    private struct Entry {
        let name: String
        var isReady: Bool
        var lastUse: UInt64
    }

    private var entries: [StatementKey: Entry] = [:]
    private var uses: UInt64 = 0
    private var named: UInt64 = 0

    var count: Int { entries.count }

    mutating func name(for key: StatementKey) -> Name {
        uses &+= 1
        guard let index = entries.index(forKey: key) else { return .absent }
        guard entries.values[index].isReady else { return .pending }
        entries.values[index].lastUse = uses
        return .ready(entries.values[index].name)
    }

    /// Reserves a name for a statement about to be prepared.
    /// - Returns: The name, and the name of the least recently used one to deallocate if there are too many.
    mutating func reserve(_ key: StatementKey) -> (name: String, evicted: String?) {
        var evicted: String?
        if entries.count >= Self.most {
            let oldest = entries.indices.lazy.filter { entries[$0].value.isReady }
                .min { entries[$0].value.lastUse < entries[$1].value.lastUse }
            evicted = oldest.map { entries.remove(at: $0).value.name }
        }
        named &+= 1
        let name = "p\(named)"
        entries[key] = Entry(name: name, isReady: false, lastUse: uses)
        return (name, evicted)
    }

    mutating func prepared(_ key: StatementKey) {
        entries[key]?.isReady = true
    }

    mutating func forget(_ key: StatementKey) {
        entries[key] = nil
    }
}

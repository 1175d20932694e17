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
    private var unwanted: [String] = []

    var count: Int { entries.count }

    mutating func name(for key: StatementKey) -> Name {
        uses &+= 1
        guard let index = entries.index(forKey: key) else { return .absent }
        guard entries.values[index].isReady else { return .pending }
        entries.values[index].lastUse = uses
        return .ready(entries.values[index].name)
    }

    /// Reserves a name for a statement about to be prepared.
    /// - Returns: The name, and the names to deallocate: of the least recently used one if there are too many, and of
    ///   those that were replaced.
    mutating func reserve(_ key: StatementKey) -> (name: String, unwanted: [String]) {
        if entries.count >= Self.most, let oldest = oldest { unwanted.append(entries.remove(at: oldest).value.name) }
        defer { unwanted = [] }
        named &+= 1
        let name = "p\(named)"
        entries[key] = Entry(name: name, isReady: false, lastUse: uses)
        return (name, unwanted)
    }

    mutating func prepared(_ key: StatementKey) {
        entries[key]?.isReady = true
    }

    /// The statement could not be prepared.
    mutating func forget(_ key: StatementKey) {
        entries[key] = nil
    }

    /// The statement has to be prepared anew.
    mutating func replace(_ key: StatementKey) {
        guard let entry = entries.removeValue(forKey: key), entry.isReady else { return }
        unwanted.append(entry.name)
    }

    /// The names are gone on the server, some or all.
    mutating func forgetAll() {
        entries = [:]
        unwanted = []
    }

    private var oldest: Dictionary<StatementKey, Entry>.Index? {
        var found: (index: Dictionary<StatementKey, Entry>.Index, use: UInt64)?
        for index in entries.indices where entries.values[index].isReady {
            let use = entries.values[index].lastUse
            if use < found?.use ?? .max { found = (index, use) }
        }
        return found?.index
    }
}

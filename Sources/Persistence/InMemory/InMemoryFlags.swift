import Core
import Persistence

/// Only the system may ask for flags.
struct InMemoryFlags: FlagRepository {
    let scope: Scope
    let access: any TableAccess

    func revision() async throws -> Int64 {
        try await read(\.flagRevision)
    }

    func all() async throws -> FlagSet {
        try await read { FlagSet(revision: $0.flagRevision, Array($0.flags.values)) }
    }

    func find(_ key: FlagKey) async throws -> FeatureFlag? {
        try await read { $0.flags[key] }
    }

    func findLocked(_ key: FlagKey) async throws -> FeatureFlag? {
        // Whoever writes has the turn until the unit of work ends.
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            return tables.flags[key]
        }
    }

    func save(_ flag: FeatureFlag) async throws -> FeatureFlag {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            tables.flagRevision &+= 1
            let saved = FeatureFlag(
                key: flag.key, description: flag.description, isOnByDefault: flag.isOnByDefault, rules: flag.rules,
                createdAt: tables.flags[flag.key]?.createdAt ?? flag.createdAt, updatedAt: flag.updatedAt,
                version: tables.flagRevision)
            tables.flags[flag.key] = saved
            return saved
        }
    }

    func remove(_ key: FlagKey) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard tables.flags.removeValue(forKey: key) != nil else { return false }
            tables.flagRevision &+= 1
            return true
        }
    }

    private func read<Value: Sendable>(_ query: (Tables) -> Value) async throws -> Value {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            return query(tables)
        }
    }
}

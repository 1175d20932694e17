public import Core

/// Small values that several instances share and that may be lost in a crash: counters of limits.
public protocol KeyValueStore: Sendable {
    /// The value and its version; nil when there is none or it expired.
    func read(_ key: String, at time: Timestamp) async throws -> VersionedValue?

    /// Writes the value if the key is still at `version` (nil: absent or expired), by one atomic operation.
    /// - Returns: Whether it was written.
    func write(
        _ key: String, value: [UInt8], ifVersion version: Int64?, expiresAt: Timestamp, at time: Timestamp
    ) async throws -> Bool

    func remove(_ key: String) async throws
}

public struct VersionedValue: Sendable, Equatable {
    public let value: [UInt8]
    public let version: Int64

    public init(value: [UInt8], version: Int64) {
        self.value = value
        self.version = version
    }
}

extension KeyValueStore {
    /// Attempts at a contended key before giving up: every attempt that fails is one that another won.
    static var longestContention: Int { 64 }

    /// Changes the value under `key` by `transform`, which may run several times and sees nil for an absent value.
    /// Returning no new value leaves it as it is.
    /// - Throws: ``DatabaseError/serializationFailure`` when others kept winning.
    public func update<Result: Sendable>(
        _ key: String, at time: Timestamp,
        _ transform: ([UInt8]?) throws -> (result: Result, write: (value: [UInt8], expiresAt: Timestamp)?)
    ) async throws -> Result {
        for _ in 0..<Self.longestContention {
            let current = try await read(key, at: time)
            let (result, change) = try transform(current?.value)
            guard let change else { return result }
            let written = try await write(
                key, value: change.value, ifVersion: current?.version, expiresAt: change.expiresAt, at: time)
            if written { return result }
        }
        throw DatabaseError.serializationFailure
    }
}

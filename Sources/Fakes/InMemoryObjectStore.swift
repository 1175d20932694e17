public import Core
import Synchronization

/// Keeps objects in memory; its links lead nowhere.
public final class InMemoryObjectStore: ObjectStore {
    private struct Object {
        let info: ObjectInfo
        let bytes: [UInt8]
    }

    private let objects = Mutex<[ObjectKey: Object]>([:])
    private let hash: @Sendable ([UInt8]) -> [UInt8]
    private let time: TimeSource

    /// - Parameter hash: SHA-256, which this module does not bring along.
    public init(time: TimeSource = .system, hash: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.time = time
        self.hash = hash
    }

    public func put(
        _ key: ObjectKey, _ content: ObjectContent, type: MediaType, limit: Int64
    ) async throws -> ObjectInfo {
        var bytes: [UInt8] = []
        for try await piece in content {
            bytes += piece
            guard Int64(bytes.count) <= limit else { throw ObjectStoreError.tooLarge }
        }
        let object = Object(
            info: ObjectInfo(size: Int64(bytes.count), type: type, sha256: hash(bytes), storedAt: time.now()),
            bytes: bytes)
        objects.withLock { $0[key] = object }
        return object.info
    }

    /// What there is, in order.
    public var keys: [ObjectKey] { objects.withLock { $0.keys.sorted { $0.text < $1.text } } }

    public func info(_ key: ObjectKey) async throws -> ObjectInfo? { objects.withLock { $0[key]?.info } }

    public func read(_ key: ObjectKey, range: Range<Int64>?) async throws -> ObjectReading? {
        guard let object = objects.withLock({ $0[key] }) else { return nil }
        let range = (range ?? 0..<object.info.size).clamped(to: 0..<object.info.size)
        let bytes = Array(object.bytes[Int(range.lowerBound)..<Int(range.upperBound)])
        return ObjectReading(info: object.info, range: range, content: .of(bytes))
    }

    public func remove(_ key: ObjectKey) async throws { objects.withLock { $0[key] = nil } }

    public func url(for grant: ObjectGrant) -> String { "memory:\(grant.key)" }
}

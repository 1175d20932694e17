public import Core
import Crypto
import Foundation
import NIOPosix

/// Keeps objects as files of a directory.
///
/// Each file is written beside its place, synced and then moved there in one step, so a crash leaves the object that was
/// there or the new one. Its name is the hash of the object's, so that no name can lead elsewhere or meet another. What
/// is known of the object stands at the beginning of the file itself, and changes together with it.
public struct DiskObjectStore: ObjectStore {
    /// Bytes read and written at once.
    private static let pieceBytes = 256 * 1024

    private let objects: String
    private let incoming: String
    private let link: @Sendable (ObjectGrant) throws -> String
    private let time: TimeSource
    private let randomness: Randomness

    /// - Parameters:
    ///   - directory: Where objects are kept; made when it is missing.
    ///   - link: Makes the address at which a grant is served.
    public init(
        directory: String, time: TimeSource = .system, randomness: Randomness = .system,
        link: @escaping @Sendable (ObjectGrant) throws -> String
    ) {
        objects = "\(directory)/objects"
        incoming = "\(directory)/incoming"
        self.time = time
        self.randomness = randomness
        self.link = link
    }

    public func put(
        _ key: ObjectKey, _ content: ObjectContent, type: MediaType, limit: Int64
    ) async throws -> ObjectInfo {
        let place = path(of: key)
        let temporary = "\(incoming)/\(HexDigits.encode(randomness.bytes(16)))"
        let file = try await Self.blocking { [incoming] in
            try DiskFile.makeDirectory(incoming)
            return try DiskFile.create(temporary, afterHeader: DiskObjectHeader.bytes)
        }
        do {
            var (hash, size) = (SHA256(), Int64(0))
            for try await piece in content {
                size += Int64(piece.count)
                guard size <= limit else { throw ObjectStoreError.tooLarge }
                hash.update(data: piece)
                try await Self.blocking { try file.append(piece) }
            }
            let info = ObjectInfo(size: size, type: type, sha256: Array(hash.finalize()), storedAt: time.now())
            let header = try DiskObjectHeader(key: key, info: info).encoded()
            try await Self.blocking { try file.finish(header: header, movingTo: place) }
            return info
        } catch {
            // In a task that was cancelled nothing else would run any more.
            await Task { try? await Self.blocking { file.abandon() } }.value
            throw error
        }
    }

    public func info(_ key: ObjectKey) async throws -> ObjectInfo? {
        let place = path(of: key)
        return try await Self.blocking { try Self.open(key, at: place)?.info }
    }

    public func read(_ key: ObjectKey, range: Range<Int64>?) async throws -> ObjectReading? {
        let place = path(of: key)
        guard let (file, info) = try await Self.blocking({ try Self.open(key, at: place) }) else { return nil }
        let range = (range ?? 0..<info.size).clamped(to: 0..<info.size)
        let content = AsyncThrowingStream<[UInt8], any Error> {
            try await Self.blocking { try file.next(Self.pieceBytes) }
        }
        try await Self.blocking { try file.limit(to: range, afterHeader: DiskObjectHeader.bytes) }
        return ObjectReading(info: info, range: range, content: content)
    }

    public func remove(_ key: ObjectKey) async throws {
        let place = path(of: key)
        try await Self.blocking { try DiskFile.remove(place) }
    }

    public func url(for grant: ObjectGrant) throws -> String { try link(grant) }

    /// Removes what writers left behind that were killed.
    /// - Parameter age: What was touched since may still be written to.
    public func removeAbandoned(olderThan age: Duration) async throws {
        let (incoming, end) = (incoming, time.now() - age)
        try await Self.blocking { try DiskFile.removeAll(in: incoming, before: end) }
    }

    private func path(of key: ObjectKey) -> String {
        let name = HexDigits.encode(Array(SHA256.hash(data: Array(key.text.utf8))))
        return "\(objects)/\(name.prefix(2))/\(name.dropFirst(2))"
    }

    private static func open(_ key: ObjectKey, at place: String) throws -> (file: DiskFile.Reader, info: ObjectInfo)? {
        guard let file = try DiskFile.open(place) else { return nil }
        guard let header = DiskObjectHeader(try file.next(DiskObjectHeader.bytes) ?? []), header.key == key,
            file.size - Int64(DiskObjectHeader.bytes) == header.info.size
        else { throw ObjectStoreError.damaged(key) }
        return (file, header.info)
    }

    /// Runs what waits for the disk on a thread that may wait.
    private static func blocking<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await NIOThreadPool.singleton.runIfActive(work)
    }
}

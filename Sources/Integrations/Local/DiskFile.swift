import Core
import Foundation
import Synchronization

/// Files of a ``DiskObjectStore``. Everything here waits for the disk.
enum DiskFile {
    /// A file that is being written beside its place.
    final class Writer: Sendable {
        private let path: String
        private let handle: FileHandle

        fileprivate init(path: String, handle: FileHandle) {
            self.path = path
            self.handle = handle
        }

        func append(_ bytes: [UInt8]) throws {
            try handle.write(contentsOf: bytes)
        }

        /// Writes the header, and makes the file the one at `place` for good.
        func finish(header: [UInt8], movingTo place: String) throws {
            try handle.seek(toOffset: 0)
            try handle.write(contentsOf: header)
            try handle.synchronize()
            try handle.close()
            let folder = (place as NSString).deletingLastPathComponent
            if access(folder, F_OK) != 0 {
                try makeDirectory(folder)
                // The name of a new folder must survive a crash as well.
                try syncDirectory((folder as NSString).deletingLastPathComponent)
            }
            guard rename(path, place) == 0 else { throw DiskFile.error() }
            try syncDirectory(folder)
        }

        func abandon() {
            try? handle.close()
            unlink(path)
        }
    }

    /// A file that is being read, once and from one task.
    final class Reader: Sendable {
        let size: Int64
        private let handle: FileHandle
        private let left = Mutex(Int64.max)

        fileprivate init(handle: FileHandle, size: Int64) {
            self.handle = handle
            self.size = size
        }

        /// Only these bytes are read from now on.
        func limit(to range: Range<Int64>, afterHeader header: Int) throws {
            try handle.seek(toOffset: UInt64(header) + UInt64(range.lowerBound))
            left.withLock { $0 = range.upperBound - range.lowerBound }
        }

        /// The next bytes, as many as asked for unless the end comes first; nil at the end.
        func next(_ count: Int) throws -> [UInt8]? {
            let wanted = left.withLock { Int(min($0, Int64(count))) }
            guard wanted > 0, let data = try handle.read(upToCount: wanted), !data.isEmpty else { return nil }
            left.withLock { $0 -= Int64(data.count) }
            return Array(data)
        }
    }

    /// Begins a file with room for a header.
    static func create(_ path: String, afterHeader bytes: Int) throws -> Writer {
        let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw error() }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.seek(toOffset: UInt64(bytes))
        return Writer(path: path, handle: handle)
    }

    /// Nil when there is none.
    static func open(_ path: String) throws -> Reader? {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw error()
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 0)
        return Reader(handle: handle, size: Int64(size))
    }

    static func remove(_ path: String) throws {
        guard unlink(path) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return }
            throw error()
        }
        try syncDirectory((path as NSString).deletingLastPathComponent)
    }

    static func removeAll(in directory: String, before time: Timestamp) throws {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] {
            let path = "\(directory)/\(name)"
            let touched = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            guard let touched, touched.timeIntervalSince1970 < Double(time.seconds) else { continue }
            try remove(path)
        }
    }

    static func makeDirectory(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Makes the names in a directory survive a crash.
    private static func syncDirectory(_ path: String) throws {
        let descriptor = Foundation.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw error() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw error() }
    }

    private static func error() -> POSIXError {
        POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
}

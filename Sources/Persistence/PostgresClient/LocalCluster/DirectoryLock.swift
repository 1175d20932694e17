import Foundation
import Synchronization

extension LocalCluster {
    /// The sole right to a data directory: a file beside it, locked by `flock` for as long as its owner lives.
    ///
    /// The kernel gives the lock back when the owner ends, however it ends. PostgreSQL's processes do not inherit it.
    final class DirectoryLock: Sendable {
        /// More than the processes that can be removing the file at the same time.
        private static let attempts = 100

        private let descriptor: Mutex<Int32?>

        var isHeld: Bool { descriptor.withLock { $0 != nil } }

        private init(descriptor: Int32) {
            self.descriptor = Mutex(descriptor)
        }

        deinit {
            release()
        }

        /// Takes the lock of a directory, or throws ``Failure/alreadyInUse(directory:process:)``. The file is given
        /// to the user whom the directory belongs to, who may be the next to lock it.
        static func acquire(for directory: String, as account: ServerAccount) throws -> DirectoryLock {
            let path = path(for: directory)
            for _ in 0..<attempts {
                try FileSystem.makeDirectories(FileSystem.parent(of: path))
                // Linux keeps even root from O_CREAT on another user's file in a sticky directory.
                var descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
                if descriptor == -1, errno == ENOENT {
                    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
                }
                if descriptor == -1, errno == ENOENT || errno == EEXIST { continue }
                try FileSystem.check(descriptor, path)
                guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                    let owner = ownerProcess(descriptor)
                    close(descriptor)
                    throw Failure.alreadyInUse(directory: directory, process: owner)
                }
                // Whoever removed a stale cluster just now removed the file with it: what was locked is then not
                // what the next process will find.
                guard let locked = FileSystem.status(descriptor: descriptor),
                    let current = FileSystem.status(path), locked.isSameFile(as: current)
                else {
                    close(descriptor)
                    continue
                }
                if geteuid() == 0 {
                    fchown(descriptor, account.user, account.group)
                }
                let note = Array("\(getpid())\n".utf8)
                ftruncate(descriptor, 0)
                pwrite(descriptor, note, note.count, 0)
                return DirectoryLock(descriptor: descriptor)
            }
            throw Failure.alreadyInUse(directory: directory, process: nil)
        }

        static func path(for directory: String) -> String {
            directory + ".lock"
        }

        /// Gives the directory back, as the end of the process does.
        func release() {
            descriptor.withLock {
                if let open = $0 { close(open) }
                $0 = nil
            }
        }

        private static func ownerProcess(_ descriptor: Int32) -> Int32? {
            var bytes = [UInt8](repeating: 0, count: 16)
            let count = pread(descriptor, &bytes, bytes.count, 0)
            guard count > 0 else { return nil }
            return Int32(String(decoding: bytes.prefix(count), as: UTF8.self).filter { $0.isNumber })
        }
    }
}

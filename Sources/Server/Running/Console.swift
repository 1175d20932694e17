import Foundation

/// What a person reads: standard output and standard error, written at once.
enum Console {
    static func say(_ text: String) {
        write(text + "\n", to: STDOUT_FILENO)
    }

    static func warn(_ text: String) {
        write(text + "\n", to: STDERR_FILENO)
    }

    /// Writes all of it, unless nobody reads any more.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count == -1, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

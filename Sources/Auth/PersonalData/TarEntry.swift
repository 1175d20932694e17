import Core

/// Files of a tar archive in the format of POSIX.1-1988, which every program for archives reads.
enum TarEntry {
    /// Everything comes in blocks of so many bytes.
    private static let block = 512
    /// Read and written by its owner, read by others.
    private static let mode = 0o644

    /// Two empty blocks.
    static let end = [UInt8](repeating: 0, count: 2 * block)

    /// A file with its header and what fills the last block up.
    /// - Parameters:
    ///   - name: At most 100 bytes.
    ///   - content: Less than 8 GiB.
    static func file(_ name: String, _ content: [UInt8], at time: Timestamp) -> [UInt8] {
        var header: [UInt8] = []
        header.append(text: name, width: 100)
        header.append(octal: mode, width: 8)
        header.append(octal: 0, width: 8)  // user
        header.append(octal: 0, width: 8)  // group
        header.append(octal: content.count, width: 12)
        header.append(octal: Int(clamping: time.microseconds / 1_000_000), width: 12)
        let beforeChecksum = header
        let afterChecksum = rest()
        // The sum of the header's bytes, with spaces where the sum itself goes.
        let sum = (beforeChecksum + afterChecksum).reduce(8 * 0x20) { $0 + Int($1) }
        header.append(octal: sum, width: 7)
        header.append(UInt8(ascii: " "))
        header += afterChecksum
        return padded(header) + padded(content)
    }

    /// What stands after the checksum: a regular file, no link, the format's name and version.
    private static func rest() -> [UInt8] {
        var rest: [UInt8] = [UInt8(ascii: "0")]
        rest.append(text: "", width: 100)
        rest += Array("ustar\u{0}00".utf8)
        return rest
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (block - bytes.count % block) % block)
    }
}

extension [UInt8] {
    fileprivate mutating func append(text: String, width: Int) {
        let bytes = text.utf8.prefix(width)
        self += bytes + Array(repeating: 0, count: width - bytes.count)
    }

    /// Digits with zeros before them and a NUL behind.
    fileprivate mutating func append(octal number: Int, width: Int) {
        let digits = String(Swift.max(0, number), radix: 8)
        append(text: String(repeating: "0", count: Swift.max(0, width - 1 - digits.count)) + digits, width: width)
    }
}

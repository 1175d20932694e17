/// The passwords that are tried first: 5,000 of at least 8 characters, and 2,500 shorter stems of longer ones.
enum CommonPasswords {
    static func contains(_ password: String) -> Bool {
        entries.contains(password)
    }

    private static let entries: Set<String> = list.withUTF8Buffer { buffer in
        Set(buffer.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) })
    }

    static var count: Int { entries.count }
}

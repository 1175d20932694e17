import Foundation

/// The files of a tar archive, read after the format of POSIX.1-1988, checksums and all.
struct TarReader {
    struct Malformed: Error {}

    let files: [(name: String, content: [UInt8])]

    init(_ archive: [UInt8]) throws {
        var (rest, files) = (archive[...], [(name: String, content: [UInt8])]())
        guard archive.count % 512 == 0 else { throw Malformed() }
        while let first = rest.first, first != 0 {
            let header = Array(rest.prefix(512))
            guard header.count == 512, Array(header[257..<263]) == Array("ustar\u{0}".utf8),
                header[156] == UInt8(ascii: "0")
            else { throw Malformed() }
            let sum = header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
            guard try Self.octal(header[148..<156]) == sum else { throw Malformed() }
            let size = try Self.octal(header[124..<136])
            rest = rest.dropFirst(512)
            guard rest.count >= size else { throw Malformed() }
            let name = String(decoding: header[0..<100].prefix { $0 != 0 }, as: UTF8.self)
            files.append((name, Array(rest.prefix(size))))
            rest = rest.dropFirst((size + 511) / 512 * 512)
        }
        // Two empty blocks end it.
        guard rest.count == 1024, rest.allSatisfy({ $0 == 0 }) else { throw Malformed() }
        self.files = files
    }

    private static func octal(_ field: ArraySlice<UInt8>) throws -> Int {
        let digits = String(decoding: field.prefix { $0 != 0 && $0 != 0x20 }, as: UTF8.self)
        guard let number = Int(digits, radix: 8) else { throw Malformed() }
        return number
    }
}

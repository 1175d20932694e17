/// One word or sign of Swift source: an identifier or number is one token, every other character one of its own.
struct Token: Equatable {
    let text: String
    /// From 1.
    let line: Int
}

struct Comment {
    let text: String
    let firstLine: Int
    let lastLine: Int
}

/// A Swift file cut into tokens, with comments apart and the text of string literals left out.
///
/// Code inside `\(…)` is code and stays. The name of a raw identifier that is no plain one becomes a single token, in its
/// backticks. Bare regex literals are not known to it; an odd quote in one swallows at most the rest of its line.
struct SwiftTokens {
    private(set) var tokens: [Token] = []
    private(set) var comments: [Comment] = []

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
        while position < bytes.count { readCode() }
    }
}

extension SwiftTokens {
    private func byte(ahead offset: Int = 0) -> UInt8? {
        let index = position + offset
        return index < bytes.count ? bytes[index] : nil
    }

    private func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { wanted in
            position + wanted.count <= bytes.count
                && wanted.indices.allSatisfy { bytes[position + $0] == wanted[$0] }
        }
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    private mutating func readCode() {
        guard let first = byte() else { return }
        if starts(with: "//") {
            readLineComment()
        } else if starts(with: "/*") {
            readBlockComment()
        } else if first == UInt8(ascii: "\"") || first == UInt8(ascii: "#"), let hashes = openingQuote() {
            readString(hashes: hashes)
        } else if first == UInt8(ascii: "`") {
            readBackticks()
        } else if Self.isWordByte(first) {
            let start = position
            while let next = byte(), Self.isWordByte(next) { position += 1 }
            append(start..<position)
        } else {
            if first > UInt8(ascii: " ") { append(position..<position + 1) }
            advance()
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default:
            false
        }
    }

    private mutating func append(_ range: Range<Int>) {
        tokens.append(Token(text: String(decoding: bytes[range], as: UTF8.self), line: line))
    }

    private mutating func readLineComment() {
        let start = position
        while let next = byte(), next != UInt8(ascii: "\n") { position += 1 }
        note(start, firstLine: line)
    }

    private mutating func readBlockComment() {
        let (start, firstLine) = (position, line)
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                advance(2)
            } else if starts(with: "*/") {
                depth -= 1
                advance(2)
            } else {
                advance()
            }
        } while depth > 0 && position < bytes.count
        note(start, firstLine: firstLine)
    }

    private mutating func note(_ start: Int, firstLine: Int) {
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        comments.append(Comment(text: text, firstLine: firstLine, lastLine: line))
    }

    private mutating func readBackticks() {
        let start = position
        position += 1
        while let next = byte(), next != UInt8(ascii: "`"), next != UInt8(ascii: "\n") { position += 1 }
        let inside = start + 1..<position
        if byte() == UInt8(ascii: "`") { position += 1 }
        append(bytes[inside].allSatisfy(Self.isWordByte) ? inside : start..<position)
    }

    /// The number of `#` before the quote that opens a string here, or nil where none does.
    private func openingQuote() -> Int? {
        var hashes = 0
        while byte(ahead: hashes) == UInt8(ascii: "#") { hashes += 1 }
        return byte(ahead: hashes) == UInt8(ascii: "\"") ? hashes : nil
    }

    private mutating func readString(hashes: Int) {
        position += hashes
        let multiline = starts(with: "\"\"\"")
        let quotes = multiline ? 3 : 1
        position += quotes
        while let next = byte() {
            if next == UInt8(ascii: "\n"), !multiline { return }
            if next == UInt8(ascii: "\\"), countHashes(from: 1, upTo: hashes) == hashes {
                advance(1 + hashes)
                if byte() == UInt8(ascii: "(") { readInterpolation() } else { advance() }
            } else if isClosing(quotes: quotes, hashes: hashes) {
                position += quotes + hashes
                return
            } else {
                advance()
            }
        }
    }

    private func countHashes(from offset: Int, upTo limit: Int) -> Int {
        var count = 0
        while count < limit, byte(ahead: offset + count) == UInt8(ascii: "#") { count += 1 }
        return count
    }

    private func isClosing(quotes: Int, hashes: Int) -> Bool {
        (0..<quotes).allSatisfy { byte(ahead: $0) == UInt8(ascii: "\"") }
            && countHashes(from: quotes, upTo: hashes) == hashes
    }

    private mutating func readInterpolation() {
        var depth = 0
        repeat {
            if byte() == UInt8(ascii: "(") { depth += 1 }
            if byte() == UInt8(ascii: ")") { depth -= 1 }
            readCode()
        } while depth > 0 && position < bytes.count
    }
}

import Foundation

/// One response as it came over the wire, read strictly.
struct WireAnswer {
    let status: Int
    /// Names in lower case.
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    /// The values of a field.
    subscript(name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    var json: [String: Any]? { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] }
    /// Whether it is the connection's last.
    var closes: Bool { self["connection"].contains { $0.lowercased() == "close" } }

    /// The first response of `bytes` that is no interim one, and how many bytes it took; nil while it is incomplete.
    /// - Parameter isToHead: Whether it answers HEAD, so that no body follows.
    static func read(_ bytes: ArraySlice<UInt8>, isToHead: Bool) throws(Malformed) -> (answer: WireAnswer, length: Int)?
    {
        guard let head = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
            let start = Array("HTTP/1.".utf8).prefix(bytes.count)
            guard bytes.starts(with: start) else { throw Malformed(description: "no status line") }
            return nil
        }
        let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false)
        guard let first = lines.first, let status = status(in: first) else {
            throw Malformed(description: "status line \(lines.first ?? "")")
        }
        var fields: [(name: String, value: String)] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
                line[..<colon].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
                line[colon...].utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 < 0x7F) })
            else { throw Malformed(description: "field \(line)") }
            let value = line[colon...].dropFirst().drop { $0 == " " }
            fields.append((name: line[..<colon].lowercased(), value: String(value)))
        }
        let headLength = head.upperBound - bytes.startIndex
        if (100..<200).contains(status) {
            return try read(bytes[head.upperBound...], isToHead: isToHead).map { ($0.answer, $0.length + headLength) }
        }
        let lengths = fields.filter { $0.name == "content-length" }.map(\.value)
        guard lengths.count <= 1, !fields.contains(where: { $0.name == "transfer-encoding" }) else {
            throw Malformed(description: "\(status) with \(lengths) and perhaps chunks")
        }
        if status == 204 || status == 304 {
            guard lengths.isEmpty else { throw Malformed(description: "\(status) with a length") }
            return (WireAnswer(status: status, fields: fields, body: []), headLength)
        }
        guard let length = lengths.first.flatMap({ Int($0) }) else {
            throw Malformed(description: "\(status) without a length")
        }
        if isToHead { return (WireAnswer(status: status, fields: fields, body: []), headLength) }
        guard bytes.endIndex - head.upperBound >= length else { return nil }
        let body = Array(bytes[head.upperBound..<head.upperBound + length])
        return (WireAnswer(status: status, fields: fields, body: body), headLength + length)
    }

    /// Of `HTTP/1.1 200 OK`.
    private static func status(in line: Substring) -> Int? {
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, ["HTTP/1.1", "HTTP/1.0"].contains(parts[0]), parts[1].utf8.count == 3,
            let status = Int(parts[1]), (100..<600).contains(status)
        else { return nil }
        return status
    }

    /// All responses that `bytes` hold, and whether something incomplete is left.
    static func readAll(
        _ bytes: [UInt8], isToHead: (Int) -> Bool = { _ in false }
    ) throws(Malformed) -> (answers: [WireAnswer], isComplete: Bool) {
        var (answers, rest) = ([WireAnswer](), bytes[...])
        while !rest.isEmpty {
            guard let (answer, length) = try read(rest, isToHead: isToHead(answers.count)) else {
                return (answers, false)
            }
            answers.append(answer)
            rest = rest.dropFirst(length)
        }
        return (answers, true)
    }
}

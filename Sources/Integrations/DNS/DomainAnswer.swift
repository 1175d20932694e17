import CResolv

/// An answer of a name server (RFC 1035, section 4.1), which may hold anything.
struct DomainAnswer {
    /// Records that are looked at: more than any name needs, few enough for whoever made them to gain nothing.
    private static let mostRecords = 256

    private let bytes: [UInt8]

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// What the TXT records say, each put together of its strings; of a broken answer what stands before the break.
    var texts: [[UInt8]] {
        bytes.withUnsafeBufferPointer { answer in
            guard let start = answer.baseAddress, let length = Int32(exactly: answer.count) else { return [] }
            var found: [[UInt8]] = []
            for index in 0..<Self.mostRecords {
                var data: UnsafePointer<UInt8>?
                var size: Int32 = 0
                let kind = plinth_dns_text(start, length, Int32(index), &data, &size)
                if kind < 0 { break }
                guard kind == 1, let data, let size = Int(exactly: size), size >= 0,
                    let text = Self.text(of: UnsafeBufferPointer(start: data, count: size))
                else { continue }
                found.append(text)
            }
            return found
        }
    }

    /// The strings of a record one after another, each with its length before it (RFC 1035, section 3.3.14); nil where
    /// one is longer than the record.
    static func text(of data: some Sequence<UInt8>) -> [UInt8]? {
        var rest = Array(data)[...]
        var text: [UInt8] = []
        while let length = rest.popFirst() {
            guard rest.count >= length else { return nil }
            text += rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
        }
        return text
    }
}

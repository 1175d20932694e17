/// What a `Range` field asks for of a body (RFC 9110, section 14.2).
enum RangeHeader: Equatable {
    /// All of it: nothing was asked for, or nothing that need be served.
    case whole
    case part(Range<Int64>)
    /// Nothing of it lies in the body.
    case unsatisfiable

    /// - Parameters:
    ///   - value: `bytes=0-99`, `bytes=100-` or `bytes=-100`. Several at once get the whole.
    ///   - size: Of the body, in bytes.
    init(_ value: String?, size: Int64) {
        guard let value, let equals = value.firstIndex(of: "="), value[..<equals].lowercased() == "bytes" else {
            self = .whole
            return
        }
        let ends = value[value.index(after: equals)...].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            self = .whole
            return
        }
        switch (Int64(ends[0]), Int64(ends[1])) {
        case (let first?, let last?) where first <= last: self = Self.from(first, to: min(last, size - 1), of: size)
        case (let first?, nil) where ends[1].isEmpty: self = Self.from(first, to: size - 1, of: size)
        case (nil, let count?) where ends[0].isEmpty:
            self = count == 0 ? .unsatisfiable : Self.from(max(0, size - count), to: size - 1, of: size)
        default: self = .whole
        }
    }

    private static func from(_ first: Int64, to last: Int64, of size: Int64) -> RangeHeader {
        first < size ? .part(first..<last + 1) : .unsatisfiable
    }
}

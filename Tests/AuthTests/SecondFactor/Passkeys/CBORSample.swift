@testable import Auth

/// CBOR to be written: right, or wrong on purpose.
indirect enum CBORSample: Sendable {
    case integer(Int)
    case bytes([UInt8])
    case text(String)
    case array([CBORSample])
    /// In this order, doubles included.
    case map([(CBORSample, CBORSample)])
    case bool(Bool)
    /// Written as it is.
    case raw([UInt8])

    var encoded: [UInt8] {
        switch self {
        case .integer(let value): value < 0 ? Self.head(1, -1 - value) : Self.head(0, value)
        case .bytes(let bytes): Self.head(2, bytes.count) + bytes
        case .text(let text): Self.head(3, text.utf8.count) + Array(text.utf8)
        case .array(let items): Self.head(4, items.count) + items.flatMap(\.encoded)
        case .map(let members): Self.head(5, members.count) + members.flatMap { $0.encoded + $1.encoded }
        case .bool(let bool): [bool ? 0xF5 : 0xF4]
        case .raw(let bytes): bytes
        }
    }

    private static func head(_ kind: UInt8, _ argument: Int) -> [UInt8] {
        let (width, information): (Int, UInt8) =
            switch argument {
            case ..<24: (0, UInt8(clamping: argument))
            case ..<0x100: (1, 24)
            case ..<0x1_0000: (2, 25)
            default: (4, 26)
            }
        return [kind << 5 | information]
            + (0..<width).reversed().map { UInt8(truncatingIfNeeded: argument >> (8 * $0)) }
    }
}

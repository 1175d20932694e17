/// An item of CBOR (RFC 8949), of the kinds that authenticators write.
enum CBORValue: Equatable {
    /// What names a member of a map.
    enum Key: Hashable {
        case integer(Int64)
        case text(String)
    }

    case integer(Int64)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    case map([Key: CBORValue])
    case bool(Bool)
    case null

    var integer: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    var bytes: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var map: [Key: CBORValue]? {
        if case .map(let map) = self { map } else { nil }
    }
}

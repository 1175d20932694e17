extension JSONValue: Encodable {
    public func encode(to encoder: any Encoder) throws {
        if let slot = encoder as? JSONSlot { return try slot.write(self) }
        switch self {
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value):
            try value.encode(to: encoder)
        case .number(let number):
            if let integer = number.exactly(Int64.self) {
                try integer.encode(to: encoder)
            } else {
                try number.double.encode(to: encoder)
            }
        case .string(let text):
            try text.encode(to: encoder)
        case .array(let elements):
            try elements.encode(to: encoder)
        case .object(let object):
            var container = encoder.container(keyedBy: JSONName.self)
            for member in object.members { try container.encode(member.value, forKey: JSONName(member.name)) }
        }
    }
}

extension JSONValue: Decodable {
    public init(from decoder: any Decoder) throws {
        if let tree = decoder as? JSONTreeDecoder {
            self = tree.value
        } else if let container = try? decoder.container(keyedBy: JSONName.self) {
            var object = JSONObject()
            for name in container.allKeys {
                object.append(name.stringValue, try container.decode(JSONValue.self, forKey: name))
            }
            self = .object(object)
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
            self = .array(elements)
        } else {
            self = try JSONValue(scalarFrom: decoder.singleValueContainer())
        }
    }

    private init(scalarFrom container: any SingleValueDecodingContainer) throws {
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .number(JSONNumber(value))
        } else if let value = try? container.decode(Double.self), let number = JSONNumber(value) {
            self = .number(number)
        } else {
            self = .string(try container.decode(String.self))
        }
    }
}

/// A member's name, or an element's index, as a coding key.
struct JSONName: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(index: Int) {
        stringValue = String(index)
        intValue = index
    }

    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { self.init(index: intValue) }
}

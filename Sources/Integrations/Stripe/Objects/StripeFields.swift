import Core

/// The fields of one of Stripe's objects, by the names that Stripe gives them.
struct StripeFields {
    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private let container: KeyedDecodingContainer<Name>

    init(_ decoder: any Decoder) throws {
        container = try decoder.container(keyedBy: Name.self)
    }

    /// - Parameter kind: What the field `object` has to say.
    /// - Throws: `DecodingError` where it says something else.
    init(_ decoder: any Decoder, of kind: String) throws {
        try self.init(decoder)
        let found: String = try self("object")
        guard found == kind else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not an object of kind \(kind)"))
        }
    }

    func callAsFunction<Value: Decodable>(_ name: String) throws -> Value {
        try container.decode(Value.self, forKey: Name(stringValue: name))
    }

    /// Nil for what is null as for what is not there.
    func ifPresent<Value: Decodable>(_ name: String) throws -> Value? {
        try container.decodeIfPresent(Value.self, forKey: Name(stringValue: name))
    }

    /// The decoder of an object within.
    func nested(_ name: String) throws -> any Decoder {
        try container.superDecoder(forKey: Name(stringValue: name))
    }

    /// From whole seconds since 1970.
    func time(_ name: String) throws -> Timestamp {
        Timestamp(seconds: try self(name))
    }

    func timeIfPresent(_ name: String) throws -> Timestamp? {
        try ifPresent(name).map(Timestamp.init(seconds:))
    }

    /// What we wrote on it ourselves; nothing where there is none.
    func metadata() throws -> [String: String] {
        try ifPresent("metadata") ?? [:]
    }

    /// Which field an error of decoding is about, such as `items.data.0.price`, without what was found there.
    static func place(of error: any Error) -> String {
        let path: [any CodingKey]
        switch error as? DecodingError {
        case .keyNotFound(let key, let context)?: path = context.codingPath + [key]
        case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?, .dataCorrupted(let context)?:
            path = context.codingPath
        default: path = []
        }
        return path.isEmpty
            ? "the whole" : path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}

extension Schema {
    /// The schema of a `Codable` type, learnt by running its `init(from:)` against a decoder that writes down what is
    /// asked of it.
    ///
    /// - Throws: ``SchemaRecordingError``, and whatever the type's own decoding throws at the values it is handed: such a
    ///   type says its schema itself (``SchemaProviding``).
    public init<Value: Decodable>(recording type: Value.Type) throws {
        (self, _) = try SchemaRecorder.record(type, inside: [])
    }
}

public enum SchemaRecordingError: Error, Equatable {
    /// A type contains itself.
    case recursive(type: String)
    /// A dictionary has neither fixed names nor an order: use a list, or ``JSONValue``.
    case dictionary(type: String)
    /// A type with a schema of its own gives no example of a value.
    case noExample(type: String)
    /// A type asked its decoder for nothing.
    case nothingDecoded(type: String)
}

/// Hands a type made-up values and remembers what it asked for.
final class SchemaRecorder: Decoder {
    /// A schema, or the recorder of a container that the type is still reading.
    enum Part {
        case schema(Schema)
        case recorder(SchemaRecorder)
    }

    enum Shape {
        case scalar(Schema)
        case list(Part?)
        case object
    }

    let ancestors: [ObjectIdentifier]
    var shape: Shape?
    var isNullable = false
    private var members: [(name: String, part: Part)] = []
    private var optionalNames: Set<String> = []
    private var nullableNames: Set<String> = []

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(ancestors: [ObjectIdentifier]) {
        self.ancestors = ancestors
    }

    /// The schema of a type, and a value to go on with.
    static func record<Value: Decodable>(
        _ type: Value.Type, inside ancestors: [ObjectIdentifier]
    ) throws -> (schema: Schema, value: Value) {
        let typeName = String(describing: type)
        guard !ancestors.contains(ObjectIdentifier(type)) else { throw SchemaRecordingError.recursive(type: typeName) }
        guard !(type is any DictionaryType.Type) else { throw SchemaRecordingError.dictionary(type: typeName) }
        if let providing = type as? any SchemaProviding.Type {
            let schema = providing.schema
            guard let example = schema.example else { throw SchemaRecordingError.noExample(type: typeName) }
            return (schema, try Value(from: JSONTreeDecoder(example)))
        }
        if let enumeration = type as? any CaseIterable.Type, let choices = texts(of: enumeration),
            let first = choices.first
        {
            let schema = Schema(.choice(choices), example: .string(first))
            return (schema, try Value(from: JSONTreeDecoder(.string(first))))
        }
        let recorder = SchemaRecorder(ancestors: ancestors + [ObjectIdentifier(type)])
        let value = try Value(from: recorder)
        guard var schema = recorder.finished() else { throw SchemaRecordingError.nothingDecoded(type: typeName) }
        if case .object = schema.kind { schema.name = SchemaName.make(type) }
        return (schema, value)
    }

    private static func texts<Choices: CaseIterable>(of type: Choices.Type) -> [String]? {
        let texts = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        return texts.isEmpty ? nil : texts
    }

    func add(_ name: String, _ part: Part, isOptional: Bool = false) {
        if isOptional { optionalNames.insert(name) }
        if !members.contains(where: { $0.name == name }) { members.append((name, part)) }
    }

    func markOptional(_ name: String) { optionalNames.insert(name) }
    func markNullable(_ name: String) { nullableNames.insert(name) }

    /// What was recorded; nil when the type asked for nothing.
    func finished() -> Schema? {
        var schema: Schema
        switch shape {
        case nil: return nil
        case .scalar(let scalar): schema = scalar
        case .list(let element): schema = Schema(.list(of: element.flatMap(Self.finished) ?? .any, count: 0...Int.max))
        case .object: schema = Schema(.object(members.map(property)))
        }
        schema.isNullable = schema.isNullable || isNullable
        return schema
    }

    private func property(_ member: (name: String, part: Part)) -> Schema.Property {
        var schema = Self.finished(member.part) ?? .any
        let isOptional = optionalNames.contains(member.name)
        if nullableNames.contains(member.name) && !isOptional { schema.isNullable = true }
        return Schema.Property(member.name, schema, isOptional: isOptional)
    }

    private static func finished(_ part: Part) -> Schema? {
        switch part {
        case .schema(let schema): schema
        case .recorder(let recorder): recorder.finished()
        }
    }
}

private protocol DictionaryType {}
extension Dictionary: DictionaryType {}

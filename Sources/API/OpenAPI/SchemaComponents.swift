/// Renders schemas as JSON Schema 2020-12 and collects those that have a name.
struct SchemaComponents {
    /// A field without a value may be absent from what is sent to the server; what comes from it has it as null.
    enum Direction: String {
        case request = "Input"
        case response = "Output"
    }

    private var components: [String: JSONValue] = [:]

    /// The components, by name.
    var json: JSONValue {
        var object = JSONObject()
        for (name, schema) in components.sorted(by: { $0.key < $1.key }) { object.append(name, schema) }
        return .object(object)
    }

    /// A schema where it is used: a reference for one with a name.
    mutating func reference(to schema: Schema, _ direction: Direction) -> JSONValue {
        guard let name = schema.name else { return render(schema, direction) }
        var plain = schema
        plain.isNullable = false
        let key = register(render(plain, direction), as: name, direction)
        let reference: JSONValue = ["$ref": .string("#/components/schemas/\(key)")]
        return schema.isNullable ? ["anyOf": [reference, ["type": "null"]]] : reference
    }

    /// One type may look different in the two directions: then the second gets a name of its own.
    private mutating func register(_ schema: JSONValue, as name: String, _ direction: Direction) -> String {
        var candidate = name
        var count = 1
        while let taken = components[candidate], taken != schema {
            candidate = name + direction.rawValue + (count > 1 ? String(count) : "")
            count += 1
        }
        components[candidate] = schema
        return candidate
    }

    private mutating func render(_ schema: Schema, _ direction: Direction) -> JSONValue {
        var object = JSONObject()
        func type(_ name: String) {
            let name = JSONValue.string(name)
            object.append("type", schema.isNullable ? [name, "null"] : name)
        }
        switch schema.kind {
        case .any:
            break
        case .boolean:
            type("boolean")
        case .number:
            type("number")
        case .integer(let range):
            type("integer")
            if range.lowerBound > .min { object.append("minimum", .number(JSONNumber(range.lowerBound))) }
            if range.upperBound < .max { object.append("maximum", .number(JSONNumber(range.upperBound))) }
        case .choice(let choices):
            type("string")
            object.append("enum", .array(choices.map { .string($0) } + (schema.isNullable ? [.null] : [])))
        case .text(let rules, _):
            type("string")
            object.append(members(of: rules))
        case .list(let element, let count):
            type("array")
            object.append("items", reference(to: element, direction))
            if count.lowerBound > 0 { object.append("minItems", .number(JSONNumber(count.lowerBound))) }
            if count.upperBound < .max { object.append("maxItems", .number(JSONNumber(count.upperBound))) }
        case .object(let properties):
            type("object")
            append(properties, to: &object, direction)
        case .oneOf(let forms):
            let forms = forms.map { reference(to: $0, direction) }
            object.append("anyOf", .array(forms + (schema.isNullable ? [["type": "null"]] : [])))
        }
        if let summary = schema.summary { object.append("description", .string(summary)) }
        if let example = schema.example, example != .null { object.append("examples", [example]) }
        if schema.isWriteOnly { object.append("writeOnly", true) }
        return .object(object)
    }

    private mutating func append(_ properties: [Schema.Property], to object: inout JSONObject, _ direction: Direction) {
        guard !properties.isEmpty else { return }
        var members = JSONObject()
        var required: [JSONValue] = []
        for property in properties {
            var schema = property.schema
            if property.isOptional { schema.isNullable = true }
            members.append(property.name, reference(to: schema, direction))
            if !property.isOptional || direction == .response { required.append(.string(property.name)) }
        }
        object.append("properties", .object(members))
        if !required.isEmpty { object.append("required", .array(required)) }
    }

    private func members(of rules: TextRules) -> JSONObject {
        var members = JSONObject()
        if rules.length.lowerBound > 0 { members.append("minLength", .number(JSONNumber(rules.length.lowerBound))) }
        if rules.length.upperBound < .max { members.append("maxLength", .number(JSONNumber(rules.length.upperBound))) }
        if let pattern = rules.characters.pattern, !rules.isTrimmed { members.append("pattern", .string(pattern)) }
        if let format = rules.format.jsonSchemaName { members.append("format", .string(format)) }
        return members
    }
}

extension JSONObject {
    fileprivate mutating func append(_ other: JSONObject) {
        for member in other.members { append(member.name, member.value) }
    }
}

/// The parameters of a path or a query string as JSON, so that one schema and one decoder serve them as well as bodies.
struct ParameterTree {
    let value: JSONValue
    /// Names given twice that stand for one value.
    let errors: [ValidationError]

    /// Texts become numbers and booleans where the schema wants them; a name given more than once fills a list.
    init(_ pairs: [(name: String, value: String)], schema: Schema) {
        var object = JSONObject()
        var errors: [ValidationError] = []
        for property in schema.properties {
            let texts = pairs.lazy.filter { $0.name == property.name }.map(\.value)
            guard let first = texts.first else { continue }
            if case .list(let element, _) = property.schema.kind {
                object.append(property.name, .array(texts.map { Self.read($0, as: element) }))
            } else {
                object.append(property.name, Self.read(first, as: property.schema))
                if texts.dropFirst().first != nil {
                    errors.append(ValidationError(pointer: JSONPointer.make([property.name]), .repeated))
                }
            }
        }
        value = .object(object)
        self.errors = errors
    }

    /// A text that is not what is wanted stays one: validation says so.
    private static func read(_ text: String, as schema: Schema) -> JSONValue {
        switch schema.kind {
        case .integer, .number:
            if case .number(let number)? = try? JSONParser.parse(Array(text.utf8)) { return .number(number) }
            return .string(text)
        case .boolean:
            return text == "true" ? true : text == "false" ? false : .string(text)
        default:
            return .string(text)
        }
    }
}

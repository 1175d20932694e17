extension Schema {
    /// How many errors are told at most: a hostile list could have one per byte.
    public static let mostErrors = 100

    /// Everything that is wrong with a value. Members that the schema does not name are ignored.
    /// - Returns: At most ``mostErrors``, in the order of the schema; empty for a valid value.
    public func validate(_ value: JSONValue) -> [ValidationError] {
        var validation = Validation()
        validation.check(value, by: self)
        return validation.errors
    }
}

private struct Validation {
    var errors: [ValidationError] = []
    var path: [String] = []

    mutating func fail(_ reason: ValidationError.Reason) {
        guard errors.count < Schema.mostErrors else { return }
        errors.append(ValidationError(pointer: JSONPointer.make(path), reason))
    }

    mutating func check(_ value: JSONValue, by schema: Schema) {
        if value == .null, schema.isNullable { return }
        checkKind(of: value, by: schema)
        for error in schema.condition?(value) ?? [] where errors.count < Schema.mostErrors {
            errors.append(ValidationError(pointer: JSONPointer.make(path) + error.pointer, error.reason))
        }
    }

    private mutating func checkKind(of value: JSONValue, by schema: Schema) {
        switch (schema.kind, value) {
        case (.any, _), (.boolean, .bool): break
        case (.text(let rules, let accepts), .string(let text)):
            if let reason = rules.problem(of: text) {
                fail(reason)
            } else if !accepts(text) {
                fail(.invalid(rules.format))
            }
        case (.choice(let choices), .string(let text)):
            if !choices.contains(text) { fail(.notAllowed(choices)) }
        case (.integer(let range), .number(let number)):
            check(number, isWithin: range)
        case (.number, .number(let number)):
            if number.double == nil { fail(.wrongType(expected: .number)) }
        case (.list(let element, let count), .array(let elements)):
            check(elements, by: element, count: count)
        case (.object(let properties), .object(let object)):
            for property in properties { check(object[property.name], by: property) }
        case (.oneOf(let forms), _):
            check(value, byOneOf: forms)
        default:
            fail(.wrongType(expected: schema.kind.jsonType))
        }
    }

    private mutating func check(_ number: JSONNumber, isWithin range: ClosedRange<Int64>) {
        if let value = number.exactly(Int64.self) {
            if !range.contains(value) { fail(.outOfRange(range)) }
        } else if number.isInteger {
            fail(.outOfRange(range))
        } else {
            fail(.wrongType(expected: .integer))
        }
    }

    private mutating func check(_ elements: [JSONValue], by schema: Schema, count: ClosedRange<Int>) {
        if elements.count < count.lowerBound { fail(.tooFew(minimum: count.lowerBound)) }
        if elements.count > count.upperBound { return fail(.tooMany(maximum: count.upperBound)) }
        for (index, element) in elements.enumerated() where errors.count < Schema.mostErrors {
            path.append(String(index))
            check(element, by: schema)
            path.removeLast()
        }
    }

    private mutating func check(_ value: JSONValue?, by property: Schema.Property) {
        path.append(property.name)
        defer { path.removeLast() }
        guard let value, !(value == .null && property.isOptional) else {
            if !property.isOptional { fail(.required) }
            return
        }
        check(value, by: property.schema)
    }

    /// Tells the errors of the form that comes nearest.
    private mutating func check(_ value: JSONValue, byOneOf forms: [Schema]) {
        var fewest: [ValidationError]?
        for form in forms {
            var attempt = Validation(path: path)
            attempt.check(value, by: form)
            if attempt.errors.isEmpty { return }
            if attempt.errors.count < fewest?.count ?? .max { fewest = attempt.errors }
        }
        errors.append(contentsOf: (fewest ?? []).prefix(Schema.mostErrors - errors.count))
    }
}

extension Schema.Kind {
    /// What a message calls it.
    fileprivate var jsonType: JSONType {
        switch self {
        case .text, .choice: .text
        case .integer: .integer
        case .number: .number
        case .boolean: .boolean
        case .list: .list
        case .object, .oneOf, .any: .object
        }
    }
}

extension JSONNumber {
    /// Whether it is written without fraction and exponent, however large.
    fileprivate var isInteger: Bool {
        text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

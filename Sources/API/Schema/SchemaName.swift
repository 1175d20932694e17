/// The name of a type as the description lists it.
enum SchemaName {
    static func make(_ type: Any.Type) -> String { make(String(reflecting: type)) }

    /// `API.UserBody` becomes `User`, `API.List<API.SessionBody>` becomes `SessionList`, `API.ReadinessBody.Part` becomes
    /// `ReadinessPart`: what is left fits the names of OpenAPI components, and of types in generated clients.
    static func make(_ typeName: String) -> String {
        guard let start = typeName.firstIndex(of: "<"), typeName.last == ">" else { return plain(typeName) }
        let inner = typeName[typeName.index(after: start)...].dropLast()
        return make(String(inner)) + plain(String(typeName[..<start]))
    }

    /// Without the module, and without the places in parentheses that private types have.
    private static func plain(_ name: String) -> String {
        let parts = name.split(separator: ".").dropFirst(name.contains(".") ? 1 : 0).filter { !$0.hasPrefix("(") }
        return parts.map { part in
            let letters = part.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
            return letters.hasSuffix("Body") && letters != "Body" ? String(letters.dropLast(4)) : letters
        }.joined()
    }
}

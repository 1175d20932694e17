/// A JSON object as somebody hostile may write it: any value, any member twice.
struct RawObject: Sendable {
    private var members: [(name: String, value: String)]

    /// - Parameter members: Names, and values as JSON.
    init(_ members: KeyValuePairs<String, String>) {
        self.members = members.map { (name: $0.key, value: $0.value) }
    }

    var text: String {
        "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    var bytes: [UInt8] { Array(text.utf8) }

    /// With this member alone of its name, or without it.
    func with(_ name: String, _ value: String?) -> RawObject {
        var other = self
        other.members.removeAll { $0.name == name }
        if let value { other.members.append((name: name, value: value)) }
        return other
    }

    /// With one more member, whether or not there is one of its name.
    func adding(_ name: String, _ value: String) -> RawObject {
        var other = self
        other.members.append((name: name, value: value))
        return other
    }
}

extension String {
    /// As JSON, for texts without anything to escape.
    var quoted: String { "\"\(self)\"" }
}

import Foundation

/// What came back for one request over a connection of its own.
struct HTTPAnswer: Sendable {
    let status: Int
    let head: String
    let body: String

    init?(_ text: String) {
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        head = String(text[..<end.lowerBound])
        body = String(text[end.upperBound...])
        guard let status = head.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        self.status = status
    }

    /// A member of the JSON body, by the names that lead to it.
    func value(_ path: String...) -> String? {
        var value = try? JSONSerialization.jsonObject(with: Data(body.utf8))
        for name in path { value = (value as? [String: Any])?[name] }
        return value as? String
    }

    /// A list of texts in the JSON body.
    func list(_ name: String) -> [String] {
        let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        return object?[name] as? [String] ?? []
    }

    /// How many items a list in the JSON body has.
    func count(_ name: String) -> Int? {
        let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        return (object?[name] as? [Any])?.count
    }

    /// The links of the newest mail, where the body is that of the outbox.
    var newestLinks: [String] {
        let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        return (object?["data"] as? [[String: Any]])?.first?["links"] as? [String] ?? []
    }
}

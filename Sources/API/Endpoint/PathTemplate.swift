/// A path with named parameters in braces: `/api/v1/users/me/sessions/{id}`.
public struct PathTemplate: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public enum Segment: Sendable, Hashable {
        case fixed(String)
        case parameter(String)
    }

    /// The whole path as written.
    public let description: String
    public let segments: [Segment]

    public init(_ text: String) {
        description = text
        segments = text.split(separator: "/").map { segment in
            segment.first == "{" && segment.last == "}"
                ? .parameter(String(segment.dropFirst().dropLast())) : .fixed(String(segment))
        }
    }

    public init(stringLiteral value: String) { self.init(value) }

    /// The names in braces, in order.
    public var parameterNames: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }
}

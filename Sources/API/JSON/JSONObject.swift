/// The members of a JSON object, in order, each name once.
///
/// Names that are canonically equivalent in Unicode count as one: two that look alike are never both there.
public struct JSONObject: Sendable {
    /// Up to this many members are searched one by one; more get an index, so that a hostile body costs linear time.
    private static let largestWithoutIndex = 16

    public struct Member: Sendable, Equatable {
        public let name: String
        public let value: JSONValue
    }

    public private(set) var members: [Member] = []
    private var positions: [String: Int] = [:]

    public init() {}

    /// Adds a member at the end.
    /// - Returns: False, and nothing is added, where the name is there already.
    @discardableResult
    public mutating func append(_ name: String, _ value: JSONValue) -> Bool {
        guard position(of: name) == nil else { return false }
        members.append(Member(name: name, value: value))
        if members.count > Self.largestWithoutIndex { index() }
        return true
    }

    /// The value of a member; nil where there is none.
    public subscript(name: String) -> JSONValue? {
        position(of: name).map { members[$0].value }
    }

    public var names: [String] { members.map(\.name) }

    private func position(of name: String) -> Int? {
        positions.isEmpty ? members.firstIndex { $0.name == name } : positions[name]
    }

    private mutating func index() {
        if positions.isEmpty {
            for (position, member) in members.enumerated() { positions[member.name] = position }
        } else if let last = members.last {
            positions[last.name] = members.count - 1
        }
    }
}

extension JSONObject: Equatable {
    /// Order counts.
    public static func == (left: JSONObject, right: JSONObject) -> Bool { left.members == right.members }
}

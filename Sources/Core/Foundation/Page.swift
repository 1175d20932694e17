/// Which slice of a list is wanted.
public struct PageRequest: Sendable, Equatable {
    /// What a page holds at most.
    public static let limits = 1...100
    public static let defaultLimit = 20

    /// Items wanted, within ``limits``.
    public let limit: Int
    /// Where the page before ended; nil for the first.
    public let after: Cursor?

    /// Clamps `limit` into ``limits``: whoever serves outside callers checks it first and says what is wrong.
    public init(limit: Int = defaultLimit, after: Cursor? = nil) {
        self.limit = min(max(limit, Self.limits.lowerBound), Self.limits.upperBound)
        self.after = after
    }
}

/// One slice of a list in its repository's order.
public struct Page<Item> {
    public let items: [Item]
    /// Where the next page starts; nil when this was the last.
    public let next: Cursor?

    public init(items: [Item], next: Cursor?) {
        self.items = items
        self.next = next
    }

    /// Cuts `items`, of which one more than the limit was fetched, into a page.
    public init(fetched items: [Item], limit: Int, position: (Item) -> Cursor) {
        let kept = Array(items.prefix(limit))
        self.init(items: kept, next: items.count > limit ? kept.last.map(position) : nil)
    }

    public func map<Other>(_ transform: (Item) -> Other) -> Page<Other> {
        Page<Other>(items: items.map(transform), next: next)
    }
}

extension Page: Sendable where Item: Sendable {}

/// The sort key of the last item of a page: a time and an id that breaks ties (keyset pagination).
public struct Cursor: Hashable, Sendable {
    public let time: Timestamp
    public let high: UInt64
    public let low: UInt64

    public init<Entity>(time: Timestamp, id: ID<Entity>) {
        self.time = time
        (high, low) = (id.high, id.low)
    }

    public func id<Entity>(of: Entity.Type = Entity.self) -> ID<Entity> {
        ID(high: high, low: low)
    }
}

extension Cursor: LosslessStringConvertible {
    /// The opaque text of a cursor: base64url of 24 bytes.
    public var description: String {
        Base64URL.encode(
            [UInt64(bitPattern: time.microseconds), high, low].flatMap { word in
                (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) }
            })
    }

    public init?(_ description: String) {
        guard let bytes = Base64URL.decode(description), bytes.count == 24 else { return nil }
        let words = stride(from: 0, to: 24, by: 8).map { start in
            bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        self.time = Timestamp(microseconds: Int64(bitPattern: words[0]))
        (high, low) = (words[1], words[2])
    }
}

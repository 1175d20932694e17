public import Core

/// One page of a list: `{"data":[…],"next_cursor":…}`.
public struct List<Item: Codable & Sendable>: Codable, Sendable {
    public let data: [Item]
    /// Where the next page starts; null on the last.
    public let nextCursor: Cursor?

    public init(_ data: [Item], nextCursor: Cursor? = nil) {
        self.data = data
        self.nextCursor = nextCursor
    }

    public init(_ page: Page<Item>) {
        self.init(page.items, nextCursor: page.next)
    }

    private enum CodingKeys: String, CodingKey {
        case data
        case nextCursor = "next_cursor"
    }
}

extension List: Equatable where Item: Equatable {}

import Core

extension Page {
    /// The page of `items` by position, latest first (keyset pagination).
    static func latestFirst(
        _ items: some Sequence<Item>, _ request: PageRequest, position: (Item) -> Cursor
    ) -> Page {
        let sorted = items.map { (item: $0, position: position($0)) }
            .filter { entry in request.after.map { entry.position.isEarlier(than: $0) } ?? true }
            .sorted { $1.position.isEarlier(than: $0.position) }
            .map(\.item)
        return Page(fetched: Array(sorted.prefix(request.limit + 1)), limit: request.limit, position: position)
    }
}

extension Cursor {
    fileprivate func isEarlier(than other: Cursor) -> Bool {
        (time, high, low) < (other.time, other.high, other.low)
    }
}

/// A queue whose ends cost the same however long it is.
struct FIFO<Element> {
    private var items: [Element?] = []
    private var head = 0

    var count: Int { items.count - head }
    var isEmpty: Bool { head == items.count }
    var first: Element? { isEmpty ? nil : items[head] }

    mutating func append(_ element: Element) {
        items.append(element)
    }

    mutating func popFirst() -> Element? {
        guard !isEmpty else { return nil }
        defer {
            items[head] = nil
            head += 1
            if isEmpty {
                items.removeAll(keepingCapacity: true)
                head = 0
            } else if head > 64, head * 2 > items.count {
                items.removeFirst(head)
                head = 0
            }
        }
        return items[head]
    }

    /// Changes the element at the front, if there is one.
    mutating func modifyFirst(_ change: (inout Element) -> Void) {
        guard !isEmpty, var element = items[head] else { return }
        items[head] = nil
        change(&element)
        items[head] = element
    }

    /// Takes out all that match, keeping the order of the rest.
    mutating func removeAll(where matches: (Element) -> Bool) -> [Element] {
        var removed: [Element] = []
        var kept: [Element?] = []
        for case let element? in items[head...] {
            if matches(element) { removed.append(element) } else { kept.append(element) }
        }
        (items, head) = (kept, 0)
        return removed
    }
}

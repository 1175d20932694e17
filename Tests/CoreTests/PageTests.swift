import Core
import Fakes
import Testing

struct PageTests {
    private enum Thing {}

    private func position(_ number: Int) -> Cursor {
        Cursor(time: Timestamp(seconds: Int64(number)), id: ID<Thing>(high: 0, low: UInt64(number)))
    }

    @Test(arguments: [(Int.min, 1), (-1, 1), (0, 1), (1, 1), (20, 20), (100, 100), (101, 100), (Int.max, 100)])
    func `a limit is brought within what a page holds`(asked: Int, given: Int) {
        #expect(PageRequest(limit: asked).limit == given)
    }

    @Test func `unless told otherwise a page has 20 items and is the first`() {
        #expect(PageRequest() == PageRequest(limit: 20, after: nil))
    }

    @Test(arguments: [(0, 0, nil), (1, 1, nil), (3, 3, nil), (4, 3, 2)] as [(Int, Int, Int?)])
    func `there is a next page when more was fetched than fits`(fetched: Int, kept: Int, last: Int?) {
        let page = Page(fetched: Array(0..<fetched), limit: 3, position: position)
        #expect(page.items == Array(0..<kept))
        #expect(page.next == last.map(position))
    }

    @Test func `mapping keeps the place`() {
        let page = Page(fetched: [1, 2, 3], limit: 2, position: position).map(String.init)
        #expect(page.items == ["1", "2"])
        #expect(page.next == position(2))
    }

    @Test func `a cursor comes back from its text`() throws {
        let randomness = Randomness.seeded(2)
        let times = [Int64.min, -1, 0, 1, 1_767_225_600_123_456, .max]
        for microseconds in times {
            let (high, low) = randomness.words()
            let cursor = Cursor(time: Timestamp(microseconds: microseconds), id: ID<Thing>(high: high, low: low))
            let read = try #require(Cursor(cursor.description))
            #expect(read == cursor)
            #expect(read.id(of: Thing.self) == ID<Thing>(high: high, low: low))
            #expect(cursor.description.utf8.count == 32)
        }
    }

    @Test(arguments: [
        "", "AAAA", String(repeating: "A", count: 31), String(repeating: "A", count: 33),
        String(repeating: "A", count: 36), String(repeating: "=", count: 32), String(repeating: "é", count: 16),
    ])
    func `what is no cursor is refused`(text: String) {
        #expect(Cursor(text) == nil)
    }
}

import Testing

@testable import PostgresClient

struct FIFOTests {
    @Test func `what goes in first comes out first, across many rounds`() {
        var queue = FIFO<Int>()
        var (next, expected) = (0, 0)
        for round in 0..<500 {
            for _ in 0..<(round % 7 + 1) {
                queue.append(next)
                next += 1
            }
            for _ in 0..<(round % 5 + 1) {
                guard let first = queue.first else { continue }
                #expect(first == expected && queue.popFirst() == expected)
                expected += 1
            }
            #expect(queue.count == next - expected)
        }
        while let element = queue.popFirst() {
            #expect(element == expected)
            expected += 1
        }
        #expect(expected == next && queue.isEmpty && queue.first == nil)
    }

    @Test func `taking out of the middle keeps the order of the rest`() {
        var queue = FIFO<Int>()
        for number in 0..<100 { queue.append(number) }
        for _ in 0..<10 { _ = queue.popFirst() }
        #expect(queue.removeAll { $0 % 2 == 0 } == Array(stride(from: 10, to: 100, by: 2)))
        #expect(queue.count == 45)
        #expect(queue.popFirst() == 11)
        #expect(queue.popFirst() == 13)
    }

    @Test func `the front is changed in place`() {
        var queue = FIFO<[Int]>()
        queue.modifyFirst { $0.append(1) }
        #expect(queue.isEmpty)
        queue.append([1])
        queue.append([2])
        queue.modifyFirst { $0.append(3) }
        #expect(queue.popFirst() == [1, 3])
        #expect(queue.popFirst() == [2])
    }
}

import Core
import Testing

struct RandomnessTests {
    @Test(
        arguments: [(0, []), (1, [8]), (8, [8, 7, 6, 5, 4, 3, 2, 1]), (10, [8, 7, 6, 5, 4, 3, 2, 1, 0x18, 0x17])]
            as [(Int, [UInt8])])
    func `bytes are cut from words`(count: Int, bytes: [UInt8]) {
        let words = WordList([0x0102_0304_0506_0708, 0x1112_1314_1516_1718])
        #expect(words.randomness.bytes(count) == bytes)
    }

    @Test func `a fraction is at least zero and below one`() {
        #expect(Randomness { 0 }.fraction() == 0)
        #expect(Randomness { .max }.fraction() < 1)
        #expect(Randomness { 1 << 63 }.fraction() == 0.5)
    }

    @Test func `the system's bits don't repeat`() {
        let drawn = (0..<1000).map { _ in Randomness.system.bytes(16) }
        #expect(Set(drawn).count == 1000)
    }
}

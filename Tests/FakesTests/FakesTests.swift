import Core
import Fakes
import Testing

struct FakesTests {
    @Test func `the clock stands still until it is moved, for all who took it`() {
        let time = ManualTime()
        let source = time.source
        #expect(source.now() == Timestamp("2026-01-01T00:00:00Z"))
        #expect(source.now() == source.now())
        time.advance(by: .minutes(5))
        #expect(source.now() == Timestamp("2026-01-01T00:05:00Z"))
        #expect(time.now == source.now())
        time.advance(by: .seconds(-1))
        #expect(source.now() == Timestamp("2026-01-01T00:04:59Z"))
        #expect(ManualTime(start: Timestamp(seconds: 7)).now == Timestamp(seconds: 7))
    }

    @Test func `a seed gives the same bits in every run`() {
        // The first outputs of SplitMix64 for the seed 1234567, as in Vigna's reference implementation.
        let randomness = Randomness.seeded(1_234_567)
        #expect(randomness.words() == (6_457_827_717_110_365_317, 3_203_168_211_198_807_973))
        #expect(randomness.words() == (9_817_491_932_198_370_423, 4_593_380_528_125_082_431))
        #expect(Randomness.seeded(1).bytes(32) == Randomness.seeded(1).bytes(32))
        #expect(Randomness.seeded(1).bytes(32) != Randomness.seeded(2).bytes(32))
    }

    @Test func `copies of a seeded generator go on where the others stopped`() {
        let randomness = Randomness.seeded(1)
        let copy = randomness
        #expect(randomness.bytes(8) != copy.bytes(8))
    }
}

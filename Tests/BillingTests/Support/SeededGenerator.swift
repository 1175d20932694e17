import Core
import Fakes

/// Chance that is the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private let randomness: Randomness

    init(_ seed: UInt64) {
        randomness = .seeded(seed)
    }

    mutating func next() -> UInt64 {
        randomness.words().0
    }
}

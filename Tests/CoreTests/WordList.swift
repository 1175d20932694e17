import Core
import Synchronization

/// Random words known in advance; zero once they are used up.
final class WordList: Sendable {
    private let words: Mutex<[UInt64]>

    init(_ words: [UInt64]) {
        self.words = Mutex(words)
    }

    var randomness: Randomness {
        Randomness { self.words.withLock { $0.isEmpty ? 0 : $0.removeFirst() } }
    }
}

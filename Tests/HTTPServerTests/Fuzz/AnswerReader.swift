import Synchronization

/// Reads the answers to requests that were sent together as they come in.
final class AnswerReader: Sendable {
    private struct State {
        var answers: [WireAnswer] = []
        /// Bytes of what came in that belong to them.
        var length = 0
        var problem: WireAnswer.Malformed?
    }

    private let batch: [ReadableRequests.Generated]
    private let state = Mutex(State())

    init(_ batch: [ReadableRequests.Generated]) {
        self.batch = batch
    }

    var answers: [WireAnswer] { state.withLock { $0.answers } }
    /// Why what came in is not HTTP.
    var problem: WireAnswer.Malformed? { state.withLock { $0.problem } }

    /// Whether these are the answers and nothing else.
    func isWhole(_ bytes: [UInt8]) -> Bool {
        state.withLock { $0.problem == nil && $0.length == bytes.count }
    }

    /// Goes on with all that has come in.
    /// - Returns: Whether nothing more is to be waited for.
    func read(_ bytes: [UInt8]) -> Bool {
        state.withLock { state in
            do throws(WireAnswer.Malformed) {
                while state.answers.count < batch.count,
                    let (answer, length) = try WireAnswer.read(
                        bytes[state.length...], isToHead: batch[state.answers.count].isHead)
                {
                    state.answers.append(answer)
                    state.length += length
                }
                return state.answers.count == batch.count
            } catch {
                state.problem = error
                return true
            }
        }
    }
}

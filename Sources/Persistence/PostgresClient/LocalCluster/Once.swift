/// Values made once for each key: the first caller makes one, concurrent callers wait for it.
///
/// A failure goes to all who waited; the caller after them tries again.
actor Once<Key: Hashable & Sendable, Value: Sendable> {
    private enum State {
        case inProgress([CheckedContinuation<Value, any Error>])
        case made(Value)
    }

    private var states: [Key: State] = [:]

    func value(for key: Key, make: () async throws -> Value) async throws -> Value {
        switch states[key] {
        case .made(let value):
            return value
        case .inProgress:
            return try await withCheckedThrowingContinuation { continuation in
                guard case .inProgress(let waiting) = states[key] else { return }
                states[key] = .inProgress(waiting + [continuation])
            }
        case nil:
            break
        }
        states[key] = .inProgress([])
        let result: Result<Value, any Error>
        do {
            result = .success(try await make())
        } catch {
            result = .failure(error)
        }
        if case .inProgress(let waiting) = states[key] {
            for continuation in waiting {
                continuation.resume(with: result)
            }
        }
        states[key] = (try? result.get()).map(State.made)
        return try result.get()
    }
}

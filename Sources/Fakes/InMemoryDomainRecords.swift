public import Core
import Synchronization

/// The DNS as a test has it: names without texts until some are set.
public final class InMemoryDomainRecords: DomainRecords {
    private struct State {
        var texts: [String: [String]] = [:]
        var asked: [String] = []
        var isUnavailable = false
    }

    private let state = Mutex(State())

    public init() {}

    /// The names that were asked for, in order.
    public var asked: [String] { state.withLock { $0.asked } }

    public func set(_ texts: [String], of name: String) {
        state.withLock { $0.texts[name] = texts }
    }

    public func add(_ text: String, to name: String) {
        state.withLock { $0.texts[name, default: []].append(text) }
    }

    /// Whether nobody answers.
    public func setUnavailable(_ isUnavailable: Bool) {
        state.withLock { $0.isUnavailable = isUnavailable }
    }

    public func texts(of name: String) async throws -> [String] {
        try state.withLock { state in
            state.asked.append(name)
            if state.isUnavailable { throw DomainRecordsError.unavailable }
            return state.texts[name] ?? []
        }
    }
}

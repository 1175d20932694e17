import Foundation
import Synchronization
import UnixSignals

/// The wish to end, told by a signal, and what obeys it at the moment: the start-up is cancelled, the running server
/// shut down gracefully.
final class Interruption: Sendable {
    private struct State {
        var isRequested = false
        var obey: (@Sendable () async -> Void)?
    }

    /// What a shell reports of a program that Ctrl-C ended.
    private static let interruptedStatus: Int32 = 130

    private let state = Mutex(State())

    var isRequested: Bool { state.withLock { $0.isRequested } }

    /// The first signal ends the server gracefully; a further Ctrl-C at once.
    func received(_ signal: UnixSignal) async {
        if isRequested {
            if signal == .sigint { _exit(Self.interruptedStatus) }
            return
        }
        LastResort.begin()
        await request()
    }

    func request() async {
        let obey = state.withLock { state in
            state.isRequested = true
            return state.obey
        }
        await obey?()
    }

    /// Runs `work`; a request calls `obey`, at once when it has come before.
    func during<Result>(
        _ work: () async throws -> Result, obey: @escaping @Sendable () async -> Void
    ) async throws -> Result {
        let isRequested = state.withLock { state in
            state.obey = obey
            return state.isRequested
        }
        defer { state.withLock { $0.obey = nil } }
        if isRequested { await obey() }
        return try await work()
    }

    /// Runs `work` in a task that a request cancels.
    func cancelling<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task(operation: work)
        return try await during {
            try await task.value
        } obey: {
            task.cancel()
        }
    }
}

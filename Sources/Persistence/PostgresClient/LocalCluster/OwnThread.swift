import Foundation
import Synchronization

extension LocalCluster {
    /// Runs blocking work on a thread made for it, so that no thread of the cooperative pool ever waits.
    static func onOwnThread<Value: Sendable, Problem: Error>(
        _ work: @escaping @Sendable () throws(Problem) -> Value
    ) async throws(Problem) -> Value {
        let result: Result<Value, Problem> = await withCheckedContinuation { continuation in
            let thread = Thread {
                let result: Result<Value, Problem>
                do throws(Problem) {
                    result = .success(try work())
                } catch {
                    result = .failure(error)
                }
                continuation.resume(returning: result)
            }
            thread.name = "plinth-cluster"
            thread.start()
        }
        return try result.get()
    }

    func onOwnThread(_ work: @escaping @Sendable () -> Void) async {
        await Self.onOwnThread(work)
    }

    /// Tells a blocking thread that its task was cancelled.
    final class Cancellation: Sendable {
        private let flag = Mutex(false)

        var isCancelled: Bool { flag.withLock { $0 } }

        func cancel() {
            flag.withLock { $0 = true }
        }

        func check() throws(CancellationError) {
            if isCancelled { throw CancellationError() }
        }
    }
}

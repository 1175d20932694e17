import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Leads a server through the phases of its shutdown.
///
/// It belongs at the END of the service group's list: services stop in reverse order, each after the one behind it
/// has returned, so the HTTP server before it goes on serving for the delay and stops accepting right after. The later
/// phases run on a thread of their own, which nothing that hangs can hold up.
package final class ShutdownService: Service {
    private let state: ShutdownState
    private let phases: ShutdownPhases
    private let registry: ConnectionRegistry
    private let exit: @Sendable () -> Void
    private let thread = Mutex<MultiThreadedEventLoopGroup?>(nil)

    /// - Parameter exit: ends the process with status 0; called only when the shutdown has not done so by its last
    ///   phase, from a thread that is free to block.
    package init(
        state: ShutdownState,
        phases: ShutdownPhases,
        registry: ConnectionRegistry,
        exit: @escaping @Sendable () -> Void
    ) {
        self.state = state
        self.phases = phases
        self.registry = registry
        self.exit = exit
    }

    /// Returns when the services before it may stop, or on cancellation, which is a shutdown without the delay.
    package func run() async throws {
        let isGraceful = (try? await gracefulShutdown()) != nil
        begin()
        if isGraceful { try? await Task.sleep(for: phases.start(of: .ending)) }
        state.advance(to: .ending)
    }

    /// Calls the later phases off: the service group has come to its end by itself.
    package func finished() {
        let thread = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        thread?.shutdownGracefully { _ in }
    }

    private func begin() {
        state.beginDraining()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        thread.withLock { $0 = group }
        let loop = group.next()
        loop.scheduleTask(in: TimeAmount(phases.start(of: .cancelling))) { [state, registry] in
            state.advance(to: .cancelling)
            registry.closeAll()
        }
        loop.scheduleTask(in: TimeAmount(phases.start(of: .exiting))) { [state, exit] in
            state.advance(to: .exiting)
            exit()
        }
    }
}

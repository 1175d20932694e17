import Synchronization
import Testing

@testable import Server

struct InterruptionTests {
    @Test func `a request cancels what is under way`() async {
        let interruption = Interruption()
        let (started, start) = AsyncStream<Void>.makeStream()
        async let request: Void = {
            for await _ in started { break }
            await interruption.request()
        }()
        await #expect(throws: CancellationError.self) {
            try await interruption.cancelling {
                start.yield()
                while true {
                    try Task.checkCancellation()
                    await Task.yield()
                }
            }
        }
        await request
        #expect(interruption.isRequested)
    }

    @Test func `a request that came before is obeyed at once`() async throws {
        let interruption = Interruption()
        await interruption.request()
        await #expect(throws: CancellationError.self) {
            try await interruption.cancelling { try Task.checkCancellation() }
        }
        let obeyed = Mutex(false)
        try await interruption.during {
            #expect(obeyed.withLock { $0 })
        } obey: {
            obeyed.withLock { $0 = true }
        }
    }

    @Test func `without a request work gives its result`() async throws {
        let interruption = Interruption()
        #expect(try await interruption.cancelling { 42 } == 42)
        #expect(!interruption.isRequested)
    }
}

import Core
import Logging
import Synchronization
import Testing

@testable import Server

struct PeriodicServiceTests {
    private struct Failure: Error {}

    @Test func `work comes again after every interval, also after a failure, until it is cancelled`() async {
        let pauses = Mutex<[Duration]>([])
        let turns = Atomic<Int>(0)
        let service = PeriodicService(
            "sweeping", every: .seconds(120), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            randomness: Randomness { UInt64.max / 2 + 1 }
        ) { pause in
            let count = pauses.withLock { pauses in
                pauses.append(pause)
                return pauses.count
            }
            if count > 3 { throw CancellationError() }
        } work: {
            if turns.add(1, ordering: .relaxed).newValue == 2 { throw Failure() }
        }
        await service.run()
        // The first turn comes within a minute, at a moment of its own.
        #expect(pauses.withLock { $0 } == [.seconds(30), .seconds(120), .seconds(120), .seconds(120)])
        #expect(turns.load(ordering: .relaxed) == 3)
    }
}

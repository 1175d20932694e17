import Core
import Fakes
import Logging
import Persistence
import PersistenceInMemory
import Testing

@testable import Jobs

struct SchedulerTests {
    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func scheduler(_ database: InMemoryDatabase, _ time: ManualTime) -> Scheduler {
        Scheduler(
            database: database, schedules: [ScheduledJob("sweep", .every(.minutes(10)), Count(number: 7))],
            logger: Self.silent, time: time.source, randomness: .seeded(1))
    }

    @Test func `of several instances one fires, and after a pause once for all it missed`() async throws {
        let (database, time) = (InMemoryDatabase(), ManualTime())
        let instances = [scheduler(database, time), scheduler(database, time)]
        for instance in instances { try await instance.register() }
        func fire() async throws -> [String] {
            var fired: [String] = []
            for instance in instances { fired += try await instance.fireDue() }
            return fired
        }
        #expect(try await fire().isEmpty)
        time.advance(by: .minutes(10))
        #expect(try await fire() == ["sweep"])
        #expect(try await fire().isEmpty)
        let now = time.now
        let claimed = try await database.jobQueue().claim(
            Job.defaultQueue, limit: 9, lease: .seconds(30), token: .make(at: now, randomness: .seeded(2)), at: now)
        #expect(try claimed.map { try $0.job.decoded(as: Count.self).number } == [7])
        time.advance(by: .hours(5))
        #expect(try await fire() == ["sweep"])
        time.advance(by: .minutes(9))
        #expect(try await fire().isEmpty)
        time.advance(by: .minutes(1))
        // The job before waits still: nothing is added to it.
        #expect(try await fire() == ["sweep"])
        let waiting = try await database.jobQueue().list(state: .available, name: nil, page: PageRequest())
        #expect(waiting.items.count == 1)
    }
}

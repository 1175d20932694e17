import Persistence
import PostgresClient
import Synchronization
import Testing

@testable import Server

struct FirstContactTests {
    @Test(
        arguments: [
            PostgresError.poolExhausted, PostgresError.unreachable, DatabaseError.unavailable(retryAfter: .seconds(1)),
        ] as [any Error])
    func `a start tries again where no connection came in time`(slowness: any Error) async throws {
        let tries = Mutex(0)
        // Whatever it took is long.
        let answer = try await FirstContact.patiently(refusingWithin: .zero) {
            let number = tries.withLock { tries in
                tries += 1
                return tries
            }
            if number < 3 { throw slowness }
            return number
        }
        #expect(answer == 3)
    }

    @Test func `what is refused is refused at once`() async {
        let tries = Mutex(0)
        await #expect(throws: PostgresError.self) {
            try await FirstContact.patiently(refusingWithin: .seconds(60)) { () async throws -> Void in
                tries.withLock { $0 += 1 }
                throw PostgresError.unreachable
            }
        }
        #expect(tries.withLock(\.self) == 1)
    }
}

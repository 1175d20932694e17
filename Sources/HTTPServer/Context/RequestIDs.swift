import Core
import Synchronization

/// Names requests, for logs and errors: UUIDv7 (RFC 9562) whose random part is drawn once a process and counted on.
///
/// An id is unique, not secret; drawing random bits for each would cost two system calls a request.
enum RequestIDs {
    private static let process = Randomness.system.words()
    private static let count = Atomic<UInt64>(0)

    static func next() -> String {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        let milliseconds = UInt64(clamping: TimeSource.system.now().microseconds / 1000) & 0xFFFF_FFFF_FFFF
        return ID<PlinthRequestContext>(
            high: milliseconds << 16 | 0x7000 | process.0 & 0x0FFF,
            low: 0x8000_0000_0000_0000 | (process.1 &+ number) & 0x3FFF_FFFF_FFFF_FFFF
        ).description
    }
}

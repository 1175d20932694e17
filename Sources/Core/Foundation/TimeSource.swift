#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where every part of Plinth takes the time from, so that a test or a sandbox can move it.
public struct TimeSource: Sendable {
    private let read: @Sendable () -> Timestamp

    public init(_ read: @escaping @Sendable () -> Timestamp) {
        self.read = read
    }

    /// The moment now.
    public func now() -> Timestamp {
        read()
    }

    /// The machine's real-time clock.
    public static let system = TimeSource {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

extension PasswordHasher {
    /// What a hash costs.
    public struct Parameters: Sendable, Hashable {
        public let memoryKiB: UInt32
        /// Passes over the memory.
        public let iterations: UInt32
        /// Lanes, each a thread while it is computed.
        public let parallelism: UInt32

        /// 46 MiB, 2 passes, 1 lane: about 80 ms of one core.
        public static let standard = Parameters(memoryKiB: 46 * 1024, iterations: 2, parallelism: 1)
        /// The least that is configured (OWASP Password Storage Cheat Sheet): 19 MiB, 2 passes, 1 lane.
        public static let least = Parameters(stored: 19 * 1024, 2, 1)
        /// The most that is ever computed, whatever a stored hash says: 256 MiB, 10 passes, 4 lanes.
        public static let most = Parameters(stored: 256 * 1024, 10, 4)

        /// Brings each value between ``least`` and ``most``.
        public init(memoryKiB: UInt32, iterations: UInt32, parallelism: UInt32) {
            self.memoryKiB = min(max(memoryKiB, Self.least.memoryKiB), Self.most.memoryKiB)
            self.iterations = min(max(iterations, Self.least.iterations), Self.most.iterations)
            self.parallelism = min(max(parallelism, Self.least.parallelism), Self.most.parallelism)
        }

        /// Values as a stored hash gives them, which may be weaker than today's.
        init(stored memoryKiB: UInt32, _ iterations: UInt32, _ parallelism: UInt32) {
            self.memoryKiB = memoryKiB
            self.iterations = iterations
            self.parallelism = parallelism
        }

        /// Whether computing with them is allowed: RFC 9106 wants 8 KiB a lane at least, ``most`` bounds them above.
        var areBearable: Bool {
            (1...Self.most.parallelism).contains(parallelism) && (1...Self.most.iterations).contains(iterations)
                && (8 * parallelism...Self.most.memoryKiB).contains(memoryKiB)
        }
    }
}

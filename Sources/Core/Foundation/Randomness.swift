/// Where every part of Plinth takes random bits from. Must be cryptographically secure outside tests.
public struct Randomness: Sendable {
    private let word: @Sendable () -> UInt64

    public init(_ word: @escaping @Sendable () -> UInt64) {
        self.word = word
    }

    /// The operating system's generator (`getrandom` on Linux, `arc4random` on Apple platforms).
    public static let system = Randomness {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    /// Random bytes, `count` of them.
    public func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            var next = word()
            for _ in 0..<min(8, count - bytes.count) {
                bytes.append(UInt8(truncatingIfNeeded: next))
                next >>= 8
            }
        }
        return bytes
    }

    /// Two random 64-bit words.
    public func words() -> (UInt64, UInt64) {
        (word(), word())
    }

    /// A number in 0..<1, for jitter.
    public func fraction() -> Double {
        Double(word() >> 11) * 0x1p-53
    }
}

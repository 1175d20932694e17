import Core

/// One key's window as all instances share it: how many permits they took out together.
struct SharedWindow: Equatable {
    static let length: Duration = .seconds(60)
    /// A window is used up by this many visits to the store.
    static let chunks = 20

    let endsAt: Timestamp
    private(set) var taken: Int

    /// What an instance may give out by itself.
    struct Lease: Equatable {
        let endsAt: Timestamp
        let granted: Int
        let untaken: Int
    }

    /// The window that `encoded` tells of, or a new one from `now` on.
    init(encoded: [UInt8]?, at now: Timestamp) {
        // A window that ends far off was begun by a clock that is wrong.
        let latest = now + Self.length * 2
        if let encoded, let stored = Self(encoded: encoded), now < stored.endsAt, stored.endsAt <= latest {
            self = stored
        } else {
            endsAt = now + Self.length
            taken = 0
        }
    }

    /// Takes out a twentieth of the limit, or what there is.
    mutating func lease(limit: Int) -> Lease {
        let granted = max(0, min(max(1, limit / Self.chunks), limit - taken))
        taken += granted
        return Lease(endsAt: endsAt, granted: granted, untaken: max(0, limit - taken))
    }

    var encoded: [UInt8] {
        [UInt64(bitPattern: endsAt.microseconds), UInt64(taken)].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) }
        }
    }

    private init?(encoded: [UInt8]) {
        guard encoded.count == 16 else { return nil }
        let words = [0..<8, 8..<16].map { range in encoded[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        guard let taken = Int32(exactly: words[1]), taken >= 0 else { return nil }
        endsAt = Timestamp(microseconds: Int64(bitPattern: words[0]))
        self.taken = Int(taken)
    }
}

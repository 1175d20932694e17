/// Chance that is the same in every run (SplitMix64).
struct FuzzSource: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func number(_ range: Range<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    /// True once in so many times.
    mutating func once(in times: Int) -> Bool {
        number(0..<times) == 0
    }

    mutating func one<Element>(of list: [Element], or other: Element) -> Element {
        list.randomElement(using: &self) ?? other
    }

    mutating func one(of list: [String]) -> String {
        one(of: list, or: "")
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }

    /// Changes a few bytes: other ones, some more, some fewer, some twice.
    mutating func damaged(_ bytes: [UInt8], changes: Int) -> [UInt8] {
        var bytes = bytes
        let nasty: [[UInt8]] = [
            [0], [13], [10], [13, 10], [13, 10, 13, 10], [0x20], [0x09], [0x3A], [0xFF], [0xC0, 0x80], [0x7F],
            [0x25, 0x30],
            [0x22], [0x5C], [0x7B], [0x5D], [0x2F, 0x2E, 0x2E],
        ]
        for _ in 0..<changes {
            let place = number(0..<bytes.count + 1)
            switch number(0..<5) {
            case 0: bytes.insert(contentsOf: one(of: nasty, or: []), at: place)
            case 1 where place < bytes.count: bytes[place] = UInt8.random(in: .min ... .max, using: &self)
            case 2 where place < bytes.count: bytes.removeSubrange(place..<min(bytes.count, place + number(1..<9)))
            case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + number(1..<40))], at: place)
            default: bytes.removeLast(min(bytes.count, number(0..<20)))
            }
        }
        return bytes
    }
}

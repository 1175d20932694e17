import Core

/// Points of Ed25519 (RFC 8032 section 5.1) that are no use as keys.
enum Ed25519Points {
    /// All encodings of the points whose order divides 8, without the sign: two of each x share a y, and the last two
    /// are 0 and 1 once more, written as the prime and one above it.
    private static let smallOrder: Set<[UInt8]> = Set(
        [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ].compactMap(HexDigits.decode))

    /// Whether anybody could sign for the key `encoded`, knowing nothing: signatures verify under it by chance.
    static func isOfSmallOrder(_ encoded: [UInt8]) -> Bool {
        guard let last = encoded.last else { return false }
        return smallOrder.contains(encoded.dropLast() + [last & 0x7F])
    }
}

/// Five bits a character, without padding (RFC 4648 section 6, with the alphabet of choice).
public struct Base32: Sendable {
    /// Upper-case letters and 2 to 7 (RFC 4648), as authenticator apps read secrets.
    public static let rfc4648 = Base32(alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    /// Digits and lower-case letters but i, l, o and u, which are taken for others (crockford.com/base32.html).
    public static let crockford = Base32(alphabet: "0123456789abcdefghjkmnpqrstvwxyz")

    private static let notInAlphabet: UInt8 = 255
    private let alphabet: [UInt8]
    private let values: [UInt8]

    private init(alphabet: String) {
        var values = [UInt8](repeating: Self.notInAlphabet, count: 256)
        for (value, character) in alphabet.utf8.enumerated() { values[Int(character)] = UInt8(value) }
        self.alphabet = Array(alphabet.utf8)
        self.values = values
    }

    public func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 8 + 4) / 5)
        var bits: UInt32 = 0
        var pending: UInt32 = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            pending += 8
            while pending >= 5 {
                pending -= 5
                text.append(alphabet[Int(bits >> pending) & 31])
            }
        }
        if pending > 0 { text.append(alphabet[Int(bits << (5 - pending)) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, or nil unless `text` is exactly what ``encode(_:)`` would write for them: padding, the other case,
    /// white space and stray trailing bits are all refused, so that one value has one spelling.
    public func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var pending: UInt32 = 0
        for character in text.utf8 {
            let value = values[Int(character)]
            guard value != Self.notInAlphabet else { return nil }
            bits = bits << 5 | UInt32(value)
            pending += 5
            if pending >= 8 {
                pending -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> pending))
            }
        }
        // Five or more bits are left when the last character carries nothing of the bytes.
        guard pending < 5, bits & ((1 << pending) - 1) == 0 else { return nil }
        return bytes
    }
}

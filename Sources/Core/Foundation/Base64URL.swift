/// Base64 with the URL-safe alphabet and no padding (RFC 4648 section 5, as RFC 7515 uses it).
public enum Base64URL {
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        encode(Array(bytes))
    }

    /// As for any collection; written out for arrays, which most callers have.
    public static func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
            var length = 0
            var bits: UInt32 = 0
            var pending = 0
            for byte in bytes {
                bits = bits << 8 | UInt32(byte)
                pending += 8
                while pending >= 6 {
                    pending -= 6
                    text[length] = alphabet[Int(bits >> UInt32(pending)) & 63]
                    length += 1
                }
            }
            if pending > 0 {
                text[length] = alphabet[Int(bits << UInt32(6 - pending)) & 63]
                length += 1
            }
            return length
        }
    }

    /// The bytes, or nil unless `text` is exactly what ``encode(_:)`` would write for them: padding, the standard
    /// alphabet, white space and stray trailing bits are all refused, so that one value has one spelling.
    public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var bits: UInt32 = 0
        var pending = 0
        for character in text {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            pending += 6
            if pending >= 8 {
                pending -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(pending)))
            }
        }
        guard bits & ((1 << UInt32(pending)) - 1) == 0 else { return nil }
        return bytes
    }

    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(Array(text.utf8))
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()
}

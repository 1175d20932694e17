/// Percent-encoding of everything but the unreserved characters (RFC 3986 section 2.3).
public enum PercentEncoding {
    /// One component of a query, or one of `application/x-www-form-urlencoded` (a space is `%20`, which every reader
    /// of a form takes as well as `+`).
    public static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The fields as a query, or as the body of a form.
    public static func encode(_ fields: [(String, String)]) -> String {
        fields.map { "\(encode($0))=\(encode($1))" }.joined(separator: "&")
    }

    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": true
        default: false
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}

import Mustache

/// Escapes what a value could leave its place in HTML with, byte by byte.
///
/// Mustache's own escaping goes by `Character`: a quote followed by a combining mark is another character than a quote,
/// and a browser still ends the attribute there.
struct HTMLEscaping: MustacheContentType {
    /// What templates call it by.
    static let name = "PLINTH_HTML"

    func escapeText(_ text: String) -> String {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += Array("&amp;".utf8)
            case UInt8(ascii: "<"): escaped += Array("&lt;".utf8)
            case UInt8(ascii: ">"): escaped += Array("&gt;".utf8)
            case UInt8(ascii: "\""): escaped += Array("&quot;".utf8)
            case UInt8(ascii: "'"): escaped += Array("&#39;".utf8)
            case UInt8(ascii: "`"): escaped += Array("&#96;".utf8)
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}

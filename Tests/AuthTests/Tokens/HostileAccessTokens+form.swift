import Core
import Foundation

@testable import Auth

extension HostileAccessToken {
    private static let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

    static let forms = parts + spellings + sizes

    private static let parts = [
        HostileAccessToken("form: empty", .malformed) { _ in "" },
        HostileAccessToken("form: a dot", .malformed) { _ in "." },
        HostileAccessToken("form: two dots", .malformed) { _ in ".." },
        HostileAccessToken("form: no base64 at all", .malformed) { _ in "a.b.c" },
        form("two parts") { $0[0...1].joined(separator: ".") }, form("one part") { $0[0] },
        form("four parts") { ($0 + ["x"]).joined(separator: ".") },
        form("five parts, as of a JWE") { ($0 + ["x", "y"]).joined(separator: ".") },
        form("a dot at the end") { $0.joined(separator: ".") + "." },
        form("a dot before") { "." + $0.joined(separator: ".") },
        form("two dots within") { $0.joined(separator: "..") },
        form("no header") { ".\($0[1]).\($0[2])" }, form("no claims") { "\($0[0])..\($0[2])" },
        form("the parts backwards") { $0.reversed().joined(separator: ".") },
        form("other dots") { $0.joined(separator: "\u{FF0E}") },
        form("a dot of two") { $0.joined(separator: "\u{2024}") },
        form("JSON serialization") {
            #"{"protected":"\#($0[0])","payload":"\#($0[1])","signature":"\#($0[2])"}"#
        },
        form("general JSON serialization") {
            #"{"payload":"\#($0[1])","signatures":[{"protected":"\#($0[0])","signature":"\#($0[2])"}]}"#
        },
        form("base64 of all") { Base64URL.encode(Array($0.joined(separator: ".").utf8)) },
        form("in quotes") { "\"\($0.joined(separator: "."))\"" },
        form("with its scheme") { "Bearer \($0.joined(separator: "."))" },
        form("twice") { [$0, $0].map { $0.joined(separator: ".") }.joined(separator: ",") },
        HostileAccessToken("form: a token in a token", .malformed) {
            try $0.draft().text(claims: $0.draft().text())
        },
    ]

    private static let spellings = [
        form("a padded header") { "\($0[0])=.\($0[1]).\($0[2])" },
        form("padded claims") { "\($0[0]).\($0[1])=.\($0[2])" },
        form("a padded signature") { $0.joined(separator: ".") + "==" },
        form("a space before") { " " + $0.joined(separator: ".") },
        form("a space after") { $0.joined(separator: ".") + " " },
        form("spaces within") { $0.joined(separator: " . ") },
        form("a line break after") { $0.joined(separator: ".") + "\n" },
        form("line breaks within") { $0.joined(separator: ".\r\n") },
        form("a tab within") { $0.joined(separator: ".\t") },
        form("a zero after") { $0.joined(separator: ".") + "\u{0}" },
        form("a byte order mark before") { "\u{FEFF}" + $0.joined(separator: ".") },
        form("a sign that shows nothing") { $0.joined(separator: "\u{200B}.") },
        form("a combining mark after") { $0.joined(separator: ".") + "\u{301}" },
        form("percent encoding") { $0.joined(separator: "%2E") },
        form("fullwidth letters") { "\u{FF45}" + $0.joined(separator: ".").dropFirst() },
        form("a Kelvin sign for a K") { parts in
            // One of these stands in every token: Unicode takes it for the same letter.
            let text = parts.joined(separator: ".")
            return text.contains("K") ? text.replacing("K", with: "\u{212A}") : text + "\u{212A}"
        },
        form("bits after the signature's last byte") { parts in
            let text = parts.joined(separator: ".")
            guard let last = text.last, let index = alphabet.firstIndex(of: last) else { return "" }
            return text.dropLast() + String(alphabet[alphabet.index(after: index)])
        },
        HostileAccessToken("form: standard base64", .malformed) {
            // Claims of which base64 has both characters that differ.
            let claims = $0.draft().claim("jti", "??>>??>>~~~".quoted).claims.bytes
            let text = Data(claims).base64EncodedString().replacing("=", with: "")
            let parts = try $0.draft().parts()
            return "\(parts[0]).\(text).\(parts[2])"
        },
        HostileAccessToken("form: standard base64 in the signature", .malformed) {
            try $0.draft().textWithSignature { _ in [UInt8](repeating: 0xFB, count: 64) }
                .replacing("-", with: "+").replacing("_", with: "/")
        },
    ]

    private static let sizes = [
        HostileAccessToken("form: over 4 KB, rightly signed", .tooLong) {
            try $0.draft().claim("jti", String(repeating: "x", count: 4096).quoted).text()
        },
        HostileAccessToken("form: over 4 KB of letters", .tooLong) { _ in String(repeating: "a", count: 4097) },
        HostileAccessToken("form: 4 KB of dots", .malformed) { _ in String(repeating: ".", count: 4096) },
        HostileAccessToken("form: a megabyte", .tooLong) { _ in String(repeating: "a.", count: 512 * 1024) },
        HostileAccessToken("form: a signature of a kilobyte", .badSignature) {
            try $0.draft().text(signature: { _ in [UInt8](repeating: 1, count: 1024) })
        },
    ]
}

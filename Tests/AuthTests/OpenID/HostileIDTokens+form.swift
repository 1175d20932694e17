import Core
import Foundation

@testable import Auth

extension HostileIDToken {
    static let forms: [HostileIDToken] = [
        HostileIDToken("empty", .malformed) { _ in "" },
        HostileIDToken("two parts", .malformed) { try $0.token().parts()[0...1].joined(separator: ".") },
        HostileIDToken("four parts", .malformed) { try $0.token().text() + ".x" },
        HostileIDToken("a dot at the end", .malformed) { try $0.token().text() + "." },
        HostileIDToken("five parts, as of a JWE", .malformed) {
            let parts = try $0.token().header("enc", "A256GCM".quoted).parts()
            return (parts + ["x", "y"]).joined(separator: ".")
        },
        HostileIDToken("padded base64", .malformed) {
            let parts = try $0.token().parts()
            return "\(parts[0])=.\(parts[1]).\(parts[2])"
        },
        HostileIDToken("a padded signature", .malformed) { try $0.token().text() + "==" },
        HostileIDToken("white space before", .malformed) { try " " + $0.token().text() },
        HostileIDToken("a line break after", .malformed) { try $0.token().text() + #"\n"# },
        HostileIDToken("white space within", .malformed) {
            try $0.token().parts().joined(separator: " . ")
        },
        HostileIDToken("standard base64", .malformed) {
            // Claims of which base64 has both characters that differ.
            let claims = $0.token().claims.with("x", "??>>??>>~~~".quoted).bytes
            let text = Data(claims).base64EncodedString().replacing("=", with: "")
            let parts = try $0.token().parts()
            return "\(parts[0]).\(text).\(parts[2])"
        },
        HostileIDToken("bits after the last byte", .malformed) {
            let text = try $0.token().text()
            let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            guard let last = text.last, let index = alphabet.firstIndex(of: last) else { return "" }
            return text.dropLast() + String(alphabet[alphabet.index(after: index)])
        },
        HostileIDToken("over 16 KiB", .tooLong) {
            try $0.token().claim("x", String(repeating: "x", count: 16 * 1024).quoted).text()
        },
        HostileIDToken("200 KB of dots", .tooLong) { _ in String(repeating: ".", count: 200_000) },
        HostileIDToken("16 KiB of dots", .malformed) { _ in String(repeating: ".", count: 16 * 1024) },
        HostileIDToken("a header that is an array", .malformed) { try $0.token().text(header: "[]") },
        HostileIDToken("an empty header", .malformed) { try $0.token().text(header: "{}") },
        HostileIDToken("text after the header", .malformed) {
            try $0.token().text(header: $0.ec.header.text + "{}")
        },
        HostileIDToken("claims that are a text", .malformed) { try $0.token().text(claims: "\"x\"") },
        HostileIDToken("no claims at all", .wrongIssuer) { try $0.token().text(claims: "{}") },
        HostileIDToken("claims that are no UTF-8", .malformed) {
            let parts = try $0.token().parts()
            return "\(parts[0]).\(Base64URL.encode(Array("{\"a\":\"".utf8) + [0xFF] + Array("\"}".utf8))).\(parts[2])"
        },
        HostileIDToken("deep nesting", .malformed) {
            try $0.token().claim("x", nested(8)).text()
        },
        HostileIDToken("nesting without end", .malformed) {
            try $0.token().text(claims: String(repeating: "[", count: 9000))
        },
        HostileIDToken("alg twice in the header", .malformed) {
            try $0.token().text(header: $0.ec.header.adding("alg", "none".quoted).text)
        },
        HostileIDToken("alg twice, once in escapes", .malformed) {
            try $0.token().text(header: $0.ec.header.adding(#"\u0061lg"#, "none".quoted).text)
        },
        HostileIDToken("kid twice in the header", .malformed) {
            try $0.token().text(header: $0.ec.header.adding("kid", "e1".quoted).text)
        },
        HostileIDToken("sub twice in the claims", .malformed) {
            try $0.token().text(claims: $0.token().claims.adding("sub", "admin".quoted).text)
        },
        HostileIDToken("email_verified twice in the claims", .malformed) {
            try $0.token().text(claims: $0.token().claims.adding("email_verified", "false").text)
        },
        HostileIDToken("a member twice deep within", .malformed) {
            try $0.token().claim("address", #"{"a":[{"b":1,"b":1}]}"#).text()
        },
    ]

    /// Arrays in one another.
    static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
}

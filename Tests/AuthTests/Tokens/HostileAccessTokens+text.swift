import Core
import Foundation

@testable import Auth

extension HostileAccessToken {
    /// Rightly signed texts that are JSON for some reader, and not for ours.
    static let texts = [
        header("empty") { _ in "" }, header("an empty object with text after") { _ in "{}{}" },
        header("a text") { $0.quoted }, header("an array") { "[\($0)]" }, header("null") { _ in "null" },
        header("text after") { $0 + "{}" }, header("a zero after") { $0 + "\u{0}" },
        header("a comment after") { $0 + "//" },
        header("a comma after the last member") { $0.dropLast() + ",}" }, header("cut") { String($0.dropLast()) },
        header("single quotes") { $0.replacing("\"", with: "'") },
        header("a byte order mark before") { "\u{FEFF}" + $0 },
        header("nested") { #"{"header":\#($0)}"# }, header("deep nesting") { _ in String(repeating: "[", count: 500) },
        header("alg twice, none first") { #"{"alg":"none","# + $0.dropFirst() },
        header("alg twice, none last") { $0.dropLast() + #","alg":"none"}"# },
        header("alg twice alike") { #"{"alg":"ES256","# + $0.dropFirst() },
        header("kid twice") { $0.dropLast() + #","kid":"other"}"# },
        header("typ twice") { #"{"typ":"JWT","# + $0.dropFirst() },
        header("an escape in a name") { $0.replacing("\"alg\"", with: #""\u0061lg""#) },
        header("an escape in a value") { $0.replacing("ES256", with: #"\u0045S256"#) },
        header("an escaped quote") { $0.replacing("ES256", with: #"ES256\""#) },
        header("a line break in a value") { $0.replacing("ES256", with: "ES256\n") },
        encoded("header in UTF-16", .utf16LittleEndian, isHeader: true),
        encoded("claims in UTF-16", .utf16BigEndian, isHeader: false),
        encoded("claims in UTF-32", .utf32LittleEndian, isHeader: false),
        HostileAccessToken("header: no UTF-8", .malformed) {
            try $0.draft().text(header: Array("{\"alg\":\"ES256".utf8) + [0xFF] + Array("\"}".utf8), claims: nil)
        },
        HostileAccessToken("claims: no UTF-8", .malformed) {
            let draft = $0.draft().claim("jti", "?".quoted)
            return try draft.text(header: nil, claims: draft.claims.bytes.map { $0 == UInt8(ascii: "?") ? 0xC0 : $0 })
        },
        claims("empty") { _ in "" }, claims("an empty object") { _ in "{}" }, claims("a text") { $0.quoted },
        claims("an array") { "[\($0)]" }, claims("text after") { $0 + "x" }, claims("two objects") { $0 + $0 },
        claims("a comma after the last member") { $0.dropLast() + ",}" },
        claims("a byte order mark before") { "\u{FEFF}" + $0 }, claims("nested") { #"{"claims":\#($0)}"# },
        claims("an escape in a name") { $0.replacing("\"sub\"", with: #""s\u0075b""#) },
        claims("an escape in a value") { $0.replacing("plinth", with: #"pl\u0069nth"#) },
        claims("a slash escaped") { $0.replacing("//", with: #"\/\/"#) },
        claims("sub twice") { #"{"sub":"admin","# + $0.dropFirst() },
        claims("sub twice alike") { claims in
            let member = claims.firstMatch(of: /"sub":"[^"]*"/)?.output
            return claims.dropLast() + ",\(member ?? "")}"
        },
        claims("exp twice") { $0.dropLast() + #","exp":999999999999}"# },
        claims("iss twice") { #"{"iss":"https://evil.example.org","# + $0.dropFirst() },
    ]

    private static func encoded(_ description: String, _ encoding: String.Encoding, isHeader: Bool)
        -> HostileAccessToken
    {
        HostileAccessToken(description, .malformed) {
            let draft = $0.draft()
            let text = isHeader ? draft.header.text : draft.claims.text
            let bytes = Array(text.data(using: encoding) ?? Data())
            return try draft.text(header: isHeader ? bytes : nil, claims: isHeader ? nil : bytes)
        }
    }
}

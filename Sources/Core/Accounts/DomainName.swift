import Foundation

/// A name in the DNS with at least two labels.
public struct DomainName: Sendable, Hashable {
    /// Lower-case ASCII (A-labels, RFC 5890).
    public let ascii: String

    /// Converts an international name; nil unless the result is a name that the DNS can hold.
    public init?(parsing text: String) {
        guard !text.isEmpty, let ascii = Self.toASCII(text), ascii.utf8.count <= 253 else { return nil }
        let labels = ascii.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(Self.isLabel), let top = labels.last,
            top.utf8.contains(where: { !("0"..."9").contains(Unicode.Scalar($0)) })
        else { return nil }
        self.ascii = ascii
    }

    private static func toASCII(_ text: String) -> String? {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        // Anything that could end the host inside a URL must not reach the parser that does the conversion.
        guard !text.contains(where: { "/?#@:[]\\%".contains($0) || $0.isWhitespace }) else { return nil }
        return URLComponents(string: "http://\(text)/")?.encodedHost?.lowercased()
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { byte in
                switch Unicode.Scalar(byte) {
                case "a"..."z", "0"..."9", "-": true
                default: false
                }
            }
    }
}

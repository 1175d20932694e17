/// A language that mails, messages and pages are written in.
public enum Language: String, Sendable, Codable, CaseIterable {
    case english = "en"
    case french = "fr"

    /// The best match for an `Accept-Language` value (RFC 9110, section 12.5.4), English where nothing fits.
    public init(acceptLanguage: String) {
        var best: (language: Language, quality: Double)?
        for range in acceptLanguage.prefix(256).split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let tag = parts.first, let primary = tag.split(separator: "-").first,
                let language = primary == "*" ? .english : Language(rawValue: primary.lowercased())
            else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > best?.quality ?? 0 { best = (language, weight) }
        }
        self = best?.language ?? .english
    }
}

import Foundation

/// The words that someone who knows a person would try in that person's password.
struct ContextWords {
    static let shortestWord = 4

    /// In lower case, longest first, so that a word is found before its parts.
    let words: [String]

    init(_ texts: [String]) {
        var words: Set<String> = []
        for text in texts {
            let lowered = text.precomposedStringWithCanonicalMapping.lowercased()
            // `john.smith@example.org` gives john.smith and example.org, as well as what lies between the signs.
            for part in lowered.split(whereSeparator: { $0 == "@" || $0.isWhitespace }) {
                words.insert(String(part))
                for word in part.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) { words.insert(String(word)) }
            }
        }
        self.words = words.filter { $0.unicodeScalars.count >= Self.shortestWord }
            .sorted { ($1.unicodeScalars.count, $0) < ($0.unicodeScalars.count, $1) }
    }

    /// The longest word in `password` (lower case), if too little is left of it without any of them; else nil.
    func dominant(in password: String) -> String? {
        var rest = password
        var longest: String?
        for word in words where rest.contains(word) {
            rest = rest.replacing(word, with: "")
            longest = longest ?? word
        }
        return longest == nil || Guessability.effort(of: rest) >= PasswordPolicy.leastEffort ? nil : longest
    }
}

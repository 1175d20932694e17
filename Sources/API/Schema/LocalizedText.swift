public import Core

/// A sentence in every language that Plinth speaks.
public struct LocalizedText: Sendable, Equatable {
    public let english: String
    public let french: String

    public init(english: String, french: String) {
        self.english = english
        self.french = french
    }

    public subscript(language: Language) -> String {
        switch language {
        case .english: english
        case .french: french
        }
    }
}

public import Core

extension ProblemCode {
    /// What happened, in a few words.
    public func title(in language: Language) -> String { texts(in: language).title }

    /// What to do about it.
    public func detail(in language: Language) -> String { texts(in: language).detail }

    private func texts(in language: Language) -> (title: String, detail: String) {
        switch language {
        case .english: english
        case .french: french
        }
    }
}

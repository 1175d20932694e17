import API

extension PathTemplate {
    /// The path with the same text for each of its parameters.
    func filled(with text: String) -> String {
        parameterNames.reduce(description) { $0.replacing("{\($1)}", with: text) }
    }
}

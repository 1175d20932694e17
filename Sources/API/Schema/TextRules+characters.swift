import Core

extension TextRules.Characters {
    func allow(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .any: scalar != "\0"
        case .lines: scalar == "\n" || scalar == "\r" || scalar == "\t" || SingleLine.allows(scalar)
        case .line: SingleLine.allows(scalar)
        case .visibleASCII: (0x21...0x7E).contains(scalar.value)
        }
    }

    /// The same as a regular expression of JSON Schema (ECMA-262), where it says more than "text".
    var pattern: String? {
        switch self {
        case .any, .lines: nil
        case .line: #"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$"#
        case .visibleASCII: "^[!-~]*$"
        }
    }
}

import Foundation

/// Which passwords may be chosen (NIST SP 800-63B-4 section 3.1.1.2, OWASP ASVS 5 section 6.2): long ones that are not
/// easily guessed. No rule of composition: those make people write `Password1!`.
public struct PasswordPolicy: Sendable, Equatable {
    /// Where a password is the only factor.
    public static let minimumAlone = 12
    /// Where a second factor is asked for as well; also the least that can be configured.
    public static let minimumWithSecondFactor = 8
    public static let maximumLength = 256
    /// What must be left of a password, as ``Guessability/effort(of:)`` counts, without what anyone can guess.
    static let leastEffort = 6
    /// Never part of a good password, whoever chooses it.
    static let productWords = ["plinth"]

    /// The least number of characters.
    public let minimumLength: Int

    public init(minimumLength: Int = minimumAlone) {
        self.minimumLength = min(max(minimumLength, Self.minimumWithSecondFactor), Self.maximumLength)
    }

    /// All that speaks against the password; empty when it may be used. Takes microseconds.
    ///
    /// Characters are Unicode scalars after NFC. A password is common when it, or what is left of it without case, the
    /// digits and signs around it and the usual letter-for-digit swaps, is on the list of common ones; when it repeats
    /// such a one, or anything shorter than ``minimumWithSecondFactor``; and when it is little more than runs of the
    /// alphabet, of digits or of a keyboard. It contains a word of the context when less than six characters are left
    /// without such words.
    /// - Parameter context: Texts that name the person: the e-mail address, first and last name. Words of 4 and more
    ///   characters are taken out of them.
    /// - Parameter hasSecondFactor: Whether a second factor is asked for as well, beside which a shorter one will do.
    public func check(
        _ password: String, context: [String] = [], hasSecondFactor: Bool = false
    ) -> [PasswordProblem] {
        let minimumLength = hasSecondFactor ? min(minimumLength, Self.minimumWithSecondFactor) : minimumLength
        let text = password.precomposedStringWithCanonicalMapping
        let length = text.unicodeScalars.count
        guard length <= Self.maximumLength else { return [.tooLong(maximum: Self.maximumLength)] }
        var problems: [PasswordProblem] = []
        if length < minimumLength { problems.append(.tooShort(minimum: minimumLength)) }
        let lowered = text.lowercased()
        if Guessability.isCommon(lowered) { problems.append(.common) }
        if let word = ContextWords(context + Self.productWords).dominant(in: lowered) {
            problems.append(.containsContext(word: word))
        }
        return problems
    }
}

/// What speaks against a password.
public enum PasswordProblem: Sendable, Hashable {
    /// Fewer characters than `minimum`.
    case tooShort(minimum: Int)
    /// More characters than `maximum`.
    case tooLong(maximum: Int)
    /// Among the first that anyone would try.
    case common
    /// Little more than `word`, which is known of the person or the product; in lower case.
    case containsContext(word: String)
}

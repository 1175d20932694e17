import Foundation

/// An e-mail address, parsed: a value of this type can be written to.
///
/// Takes the dot-atom form of RFC 5321 with the letters RFC 6531 adds, and an international domain (IDNA 2008).
/// Quoted local parts and address literals are refused: no mailbox of a person has one, and they are where header
/// injection hides.
public struct EmailAddress: Sendable, Hashable {
    /// What an address may measure in UTF-8 (RFC 5321, section 4.5.3.1, and its erratum 1690).
    public static let longestInBytes = 254
    /// What stands before the `@` at most, in bytes of UTF-8.
    public static let longestLocalPartInBytes = 64

    /// As the person typed it, without surrounding white space.
    public let text: String
    /// What makes two addresses the same: NFC, lower case, the domain in its ASCII form.
    public let key: String

    /// Why a text is no address.
    public enum Problem: Error, Equatable {
        case malformed
        case tooLong
    }

    public init(parsing text: String) throws(Problem) {
        let trimmed = text.trimmingCharacters(in: .whitespaces).precomposedStringWithCanonicalMapping
        guard trimmed.utf8.count <= Self.longestInBytes else { throw .tooLong }
        let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isDotAtom(parts[0]) else { throw .malformed }
        guard parts[0].utf8.count <= Self.longestLocalPartInBytes else { throw .tooLong }
        guard let domain = DomainName(parsing: String(parts[1])) else { throw .malformed }
        self.text = trimmed
        key = parts[0].lowercased().precomposedStringWithCanonicalMapping + "@" + domain.ascii
    }

    /// Both forms as they were stored by an earlier parse.
    public init(storedText: String, key: String) {
        text = storedText
        self.key = key
    }

    /// The domain in ASCII.
    public var domain: Substring { key.split(separator: "@").last ?? "" }

    /// As mail servers take it: the local part as typed, the domain in ASCII.
    public var wireForm: String { "\(text.split(separator: "@").first ?? "")@\(domain)" }

    /// The address with all but the first letter of each part hidden: `a•••@e•••.org`.
    public var masked: String {
        let parts = text.split(separator: "@")
        guard let local = parts.first, let domain = parts.last, let end = domain.lastIndex(of: ".") else {
            return "•••"
        }
        return "\(local.prefix(1))•••@\(domain.prefix(1))•••\(domain[end...])"
    }

    public static func == (left: EmailAddress, right: EmailAddress) -> Bool { left.key == right.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private static func isDotAtom(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.unicodeScalars.allSatisfy(isAtomText)
        }
    }

    private static func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            return true
        default:
            return false
        }
    }
}

extension EmailAddress: CustomStringConvertible {
    /// Masked, so that a log line tells no address.
    public var description: String { masked }
}

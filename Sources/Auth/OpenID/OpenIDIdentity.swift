public import Core
import Foundation

/// Who a provider says a person is. Only the issuer and the subject together say it for good (OpenID Connect Core
/// section 5.7); everything else is what the person or the provider filled in, and may change or be reused.
public struct OpenIDIdentity: Sendable, Hashable {
    public let issuer: String
    /// 1 to 255 characters of ASCII, the same for this person at every sign-in; case matters.
    public let subject: String
    /// Nil when there is none, or none that can be written to.
    public let email: EmailAddress?
    /// Whether the provider vouches for ``email``.
    public let isEmailVerified: Bool
    public let givenName: PersonName?
    public let familyName: PersonName?
    /// The whole name, where a provider has no parts of it.
    public let name: PersonName?
    /// An https address.
    public let pictureURL: String?
    /// A language tag such as `fr-CA` (RFC 5646); some providers write `fr_CA`.
    public let locale: String?

    public init(
        issuer: String, subject: String, email: EmailAddress? = nil, isEmailVerified: Bool = false,
        givenName: PersonName? = nil, familyName: PersonName? = nil, name: PersonName? = nil,
        pictureURL: String? = nil, locale: String? = nil
    ) {
        self.issuer = issuer
        self.subject = subject
        self.email = email
        self.isEmailVerified = isEmailVerified && email != nil
        self.givenName = givenName
        self.familyName = familyName
        self.name = name
        self.pictureURL = pictureURL
        self.locale = locale
    }
}

extension OpenIDIdentity {
    /// The longest tags of use have 35 characters (RFC 5646 section 4.4.1).
    private static let longestLocale = 35

    /// Takes what is well-formed of the standard claims (OpenID Connect Core section 5.1) and leaves the rest.
    init(issuer: String, subject: String, claims: [String: StrictJSON]) {
        self.init(
            issuer: issuer, subject: subject,
            email: claims["email"]?.text.flatMap { try? EmailAddress(parsing: $0) },
            // The text "true" is not true: whoever may write a text must not verify an address by it.
            isEmailVerified: claims["email_verified"] == .bool(true),
            givenName: claims["given_name"]?.text.flatMap(Self.name),
            familyName: claims["family_name"]?.text.flatMap(Self.name),
            name: claims["name"]?.text.flatMap(Self.name),
            pictureURL: claims["picture"]?.text.flatMap { ProviderURL($0)?.text },
            locale: claims["locale"]?.text.flatMap { Self.isLocale($0) ? $0 : nil })
    }

    /// A name without the characters that none has, cut to what a name may measure.
    private static func name(_ text: String) -> PersonName? {
        let scalars = text.unicodeScalars.map { SingleLine.allows($0) ? $0 : " " }
        let line = String(String.UnicodeScalarView(scalars)).trimmingCharacters(in: .whitespacesAndNewlines)
            .precomposedStringWithCanonicalMapping
        var (cut, length) = ("", 0)
        for character in line.prefix(PersonName.lengths.upperBound) {
            length += character.utf8.count
            guard length <= SingleLine.longestInBytes else { break }
            cut.append(character)
        }
        return PersonName(cut)
    }

    private static func isLocale(_ text: String) -> Bool {
        (1...longestLocale).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch Unicode.Scalar(byte) {
                case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
                default: false
                }
            }
    }
}

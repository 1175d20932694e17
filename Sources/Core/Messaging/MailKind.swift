/// What a mail is about: names its templates. Features add theirs where they send them.
public struct MailKind: RawRepresentable, Hashable, Sendable, Codable {
    /// Part of stored jobs, such as `verify_email`.
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// Whether it asks the holder of an address to prove it. Such a mail goes to a suppressed address too: it is how the
    /// address becomes good again.
    public var provesAddress: Bool { Self.proving.contains(self) }

    /// A link that proves the address of an account.
    public static let verifyEmail = MailKind("verify_email")

    /// Those with a link, by which the address is proven as well.
    private static let proving: Set<MailKind> = [
        .verifyEmail, MailKind("account_created"), MailKind("reset_password"), MailKind("magic_link"),
        MailKind("change_email"),
        MailKind("email_changed"),
    ]
}

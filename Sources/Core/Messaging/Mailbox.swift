/// An address with the name shown before it, as in `Plinth <no-reply@example.com>` (RFC 5322, section 3.4).
public struct Mailbox: Sendable, Hashable {
    public let name: HeaderText
    public let address: EmailAddress

    public init(name: HeaderText = "", address: EmailAddress) {
        self.name = name
        self.address = address
    }

    /// Reads `Name <address>`, `"Name" <address>` or an address alone.
    /// - Throws: `EmailAddress.Problem` for what has no address in it.
    public init(parsing text: String) throws(EmailAddress.Problem) {
        guard let open = text.lastIndex(of: "<") else {
            self.init(address: try EmailAddress(parsing: text))
            return
        }
        let rest = text[text.index(after: open)...]
        guard let close = rest.firstIndex(of: ">"), rest[rest.index(after: close)...].allSatisfy(\.isWhitespace)
        else { throw .malformed }
        var name = HeaderText(String(text[..<open])).text[...]
        if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") { name = name.dropFirst().dropLast() }
        self.init(name: HeaderText(String(name)), address: try EmailAddress(parsing: String(rest[..<close])))
    }
}

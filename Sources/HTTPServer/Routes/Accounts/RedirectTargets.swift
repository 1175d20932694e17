import API

/// Where browsers may be sent: pages of ours, and of the origins on the CORS list. Nowhere else, or a link to us would lead
/// to anybody's page.
struct RedirectTargets: Sendable {
    /// Our own origin.
    let base: String
    let origins: Set<String>

    /// The address that a wish names; the start page for none.
    /// - Throws: ``ProblemError`` for one elsewhere.
    func address(of wish: RedirectText?) throws -> String {
        guard let text = wish?.text else { return base + "/" }
        if isPath(text) { return base + text }
        guard origins.union([base]).contains(where: { isPage(text, of: $0) }) else {
            throw ProblemError(
                .validationFailed, errors: [ValidationError(pointer: "/redirect_to", .invalid(.otherAddress))])
        }
        return text
    }

    /// Browsers read `//host` and `/\host` as another host.
    private func isPath(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "/") && !text.utf8.dropFirst().starts(with: "/".utf8)
            && !text.utf8.contains(UInt8(ascii: "\\"))
    }

    private func isPage(_ text: String, of origin: String) -> Bool {
        guard text.utf8.starts(with: origin.utf8), !text.utf8.contains(UInt8(ascii: "\\")) else { return false }
        let rest = text.utf8.dropFirst(origin.utf8.count)
        return rest.isEmpty || "/?#".utf8.contains(rest.first ?? 0)
    }
}

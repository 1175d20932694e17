import Core

/// What a mail server said last: its code, and the enhanced code where it gives one (RFC 3463). The text is dropped: it
/// may name the recipient.
struct SMTPReply: Equatable {
    let code: Int
    /// `5.1.1`; nil for none.
    let enhanced: String?

    /// Nil for a line that refuses nothing.
    /// - Parameter line: `550 5.1.1 No such user`.
    init?(line: String) {
        guard let code = Int(line.prefix(3)), (400..<600).contains(code) else { return nil }
        self.code = code
        let second = line.dropFirst(4).prefix { $0 != " " && !$0.isNewline }
        let parts = second.split(separator: ".", omittingEmptySubsequences: false)
        let isEnhanced =
            parts.count == 3 && parts.allSatisfy { !$0.isEmpty && $0.count <= 3 && $0.allSatisfy(\.isNumber) }
        enhanced = isEnhanced ? String(second) : nil
    }

    var text: String { enhanced.map { "\(code) \($0)" } ?? "\(code)" }

    /// Of an address: bad mailbox, bad system, bad syntax, moved, no mail wanted (RFC 3463, section 3.2, and RFC 7505). The
    /// others of its kind are about the sender, or about nobody in particular.
    private static let aboutRecipient: Set = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"]

    /// What the reply makes of the mail, where it was given to its recipient or its content.
    func failure(reason: String) -> MailFailure {
        guard (550..<560).contains(code) else { return .temporary(reason: reason) }
        if let enhanced, Self.aboutRecipient.contains(enhanced) { return .noSuchRecipient(reason: reason) }
        // About senders, and about policy and rights: what an operator or time can mend.
        if let enhanced, enhanced.hasPrefix("5.1.") || enhanced.hasPrefix("5.7.") { return .temporary(reason: reason) }
        return .refused(reason: reason)
    }
}

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

    /// What the reply makes of the mail.
    func failure(reason: String) -> MailFailure {
        guard (550..<560).contains(code) else { return .temporary(reason: reason) }
        switch enhanced?.split(separator: ".").dropFirst().first {
        // About the address: no such mailbox, no such place, moved.
        case "1": return .noSuchRecipient(reason: reason)
        // About policy and rights, which an operator or time can mend.
        case "7": return .temporary(reason: reason)
        default: return .refused(reason: reason)
        }
    }
}

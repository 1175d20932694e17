import Core
import Foundation

/// The header fields of a mail as they travel (RFC 5322; other letters than ASCII as RFC 2047 encodes them).
enum MailFields {
    /// What of a text goes into one encoded word, in bytes: 75 characters are allowed with what stands around it.
    private static let encodedWordBytes = 45

    /// In order, without those that describe the body.
    static func lines(of message: EmailMessage) -> [String] {
        [
            "Date: \(date(message.date))", "From: \(mailbox(message.from))", "To: \(message.to.wireForm)",
            "Subject: \(unstructured(message.subject))",
        ] + message.extraFields.map { "\($0.name): \($0.value)" }
    }

    private static func mailbox(_ mailbox: Mailbox) -> String {
        let name = mailbox.name.text
        if name.isEmpty { return mailbox.address.wireForm }
        let shown =
            isPlain(name)
            ? "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"" : encodedWords(name)
        return "\(shown) <\(mailbox.address.wireForm)>"
    }

    private static func unstructured(_ text: HeaderText) -> String {
        isPlain(text.text) ? text.text : encodedWords(text.text)
    }

    /// Whether it needs no encoding and can't be taken for an encoded word.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    }

    /// Each holds whole characters, as some readers decode them one by one.
    private static func encodedWords(_ text: String) -> String {
        var chunks: [String] = [""]
        for scalar in text.unicodeScalars {
            if (chunks.last?.utf8.count ?? 0) + String(scalar).utf8.count > encodedWordBytes { chunks.append("") }
            chunks[chunks.count - 1].unicodeScalars.append(scalar)
        }
        return chunks.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    private static func date(_ time: Timestamp) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return format.string(from: Date(timeIntervalSince1970: Double(time.seconds)))
    }
}

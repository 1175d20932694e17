/// Reads what a mail provider reports by webhook.
public protocol MailReports: Sendable {
    /// The addresses that are not to be written to any more.
    /// - Parameters:
    ///   - body: As it came: the signature covers its bytes.
    ///   - header: The value of a header field by its name.
    /// - Throws: ``MailReportProblem``.
    func suppressions(
        in body: [UInt8], header: (String) -> String?, at now: Timestamp
    ) throws(MailReportProblem) -> [MailSuppression]
}

/// Why a report is not taken.
public enum MailReportProblem: Error, Equatable {
    /// It is not signed by the provider, or was signed too long ago.
    case badSignature
    /// It is signed and can't be read.
    case malformed
}

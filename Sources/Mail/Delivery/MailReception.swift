public import Core
public import Persistence

/// Takes what the provider reports of mails: addresses that do not exist, and people who called a mail spam.
public struct MailReception: Sendable {
    private let reports: any MailReports
    private let database: any Database
    private let time: TimeSource

    public init(reports: any MailReports, database: any Database, time: TimeSource = .system) {
        self.reports = reports
        self.database = database
        self.time = time
    }

    /// Notes a report, all of it or nothing. The same report again changes nothing, and neither does one that is older
    /// than what is known.
    /// - Parameters:
    ///   - body: As it came: the signature covers its bytes.
    ///   - header: The value of a header field by its name.
    /// - Throws: ``MailReportProblem``; `DatabaseError`.
    public func receive(_ body: [UInt8], header: (String) -> String?) async throws {
        let news = try reports.suppressions(in: body, header: header, at: time.now())
        guard !news.isEmpty else { return }
        try await database.transaction(.system, repetition: .allowed) { store in
            for suppression in news { try await store.mailSuppressions.record(suppression) }
        }
    }
}

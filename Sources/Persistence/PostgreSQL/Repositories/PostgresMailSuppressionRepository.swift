import Core
import Persistence
import PostgresClient

struct PostgresMailSuppressionRepository: MailSuppressionRepository {
    let runner: any StatementRunner

    func find(emailKey: String) async throws -> MailSuppression? {
        try await runner.all(
            """
            select \(unescaped: MailSuppression.columns)
            from mail_suppressions
            where email_key = \(emailKey) and lifted_at is null
            """, MailSuppression.init(columns:)
        ).first
    }

    func record(_ suppression: MailSuppression) async throws -> Bool {
        try await runner.change(
            """
            insert into mail_suppressions as known (email_key, reason, detail, occurred_at)
            values (
                \(suppression.emailKey), \(suppression.reason), \(suppression.detail), \(suppression.occurredAt))
            on conflict (email_key) do update
            set reason = excluded.reason, detail = excluded.detail, occurred_at = excluded.occurred_at, lifted_at = null
            where excluded.occurred_at > greatest(known.occurred_at, known.lifted_at)
            """) == 1
    }

    func lift(emailKey: String, at time: Timestamp) async throws -> Bool {
        try await runner.change(
            "update mail_suppressions set lifted_at = \(time) where email_key = \(emailKey) and lifted_at is null") == 1
    }
}

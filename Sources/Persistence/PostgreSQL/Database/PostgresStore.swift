import Persistence

struct PostgresStore: Store {
    let runner: any StatementRunner
    /// Called after a statement that added jobs.
    let addedJobs: @Sendable () -> Void

    var users: any UserRepository { PostgresUserRepository(runner: runner) }
    var sessions: any SessionRepository { PostgresSessionRepository(runner: runner) }
    var oneTimeTokens: any OneTimeTokenRepository { PostgresOneTimeTokenRepository(runner: runner) }
    var auditLog: any AuditLog { PostgresAuditLog(runner: runner) }
    var jobs: any JobOutbox { PostgresJobOutbox(runner: runner, added: addedJobs) }
    var schedules: any ScheduleRepository { PostgresScheduleRepository(runner: runner) }
    var idempotency: any IdempotencyRepository { PostgresIdempotencyRepository(runner: runner) }
    var mailSuppressions: any MailSuppressionRepository { PostgresMailSuppressionRepository(runner: runner) }
    var sealedKeys: any SealedKeyRepository { PostgresSealedKeyRepository(runner: runner) }
}

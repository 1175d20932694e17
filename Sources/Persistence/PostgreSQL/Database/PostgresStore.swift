import Persistence

struct PostgresStore: Store {
    let runner: any StatementRunner
    /// Called after a statement that is news to workers or streams.
    let changed: @Sendable (WakeUps.Topic) -> Void

    var users: any UserRepository { PostgresUserRepository(runner: runner, changed: changed) }
    var sessions: any SessionRepository { PostgresSessionRepository(runner: runner, changed: changed) }
    var oneTimeTokens: any OneTimeTokenRepository { PostgresOneTimeTokenRepository(runner: runner) }
    var secondFactors: any SecondFactorRepository { PostgresSecondFactorRepository(runner: runner) }
    var spentChallenges: any SpentChallengeRepository { PostgresSpentChallengeRepository(runner: runner) }
    var apiKeys: any APIKeyRepository { PostgresAPIKeyRepository(runner: runner) }
    var identities: any IdentityRepository { PostgresIdentityRepository(runner: runner) }
    var passkeys: any PasskeyRepository { PostgresPasskeyRepository(runner: runner) }
    var dataExports: any DataExportRepository { PostgresDataExportRepository(runner: runner) }
    var teams: any TeamRepository { PostgresTeamRepository(runner: runner) }
    var teamMembers: any TeamMemberRepository { PostgresTeamMemberRepository(runner: runner) }
    var teamRoles: any TeamRoleRepository { PostgresTeamRoleRepository(runner: runner) }
    var teamGrants: any TeamGrantRepository { PostgresTeamGrantRepository(runner: runner) }
    var teamAPIKeys: any TeamAPIKeyRepository { PostgresTeamAPIKeyRepository(runner: runner) }
    var invitations: any InvitationRepository { PostgresInvitationRepository(runner: runner) }
    var teamDomains: any TeamDomainRepository { PostgresTeamDomainRepository(runner: runner) }
    var barredUsers: any BarredUserRepository { PostgresBarredUserRepository(runner: runner) }
    var auditLog: any AuditLog { PostgresAuditLog(runner: runner) }
    var auditSeals: any AuditSealRepository { PostgresAuditSealRepository(runner: runner) }
    var jobs: any JobOutbox { PostgresJobOutbox(runner: runner) { changed(.jobs) } }
    var schedules: any ScheduleRepository { PostgresScheduleRepository(runner: runner) }
    var idempotency: any IdempotencyRepository { PostgresIdempotencyRepository(runner: runner) }
    var notifications: any NotificationRepository { PostgresNotificationRepository(runner: runner, changed: changed) }
    var mailSuppressions: any MailSuppressionRepository { PostgresMailSuppressionRepository(runner: runner) }
    var sealedKeys: any SealedKeyRepository { PostgresSealedKeyRepository(runner: runner, changed: changed) }
    var webhookEndpoints: any WebhookEndpointRepository { PostgresWebhookEndpointRepository(runner: runner) }
    var webhookDeliveries: any WebhookDeliveryRepository {
        PostgresWebhookDeliveryRepository(runner: runner) { changed(.jobs) }
    }
    var flags: any FlagRepository { PostgresFlagRepository(runner: runner) { changed(.flags) } }
    var statistics: any StatisticsRepository { PostgresStatisticsRepository(runner: runner) }
}

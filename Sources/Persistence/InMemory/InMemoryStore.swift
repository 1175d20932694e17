import Persistence

struct InMemoryStore: Store {
    let scope: Scope
    let access: any TableAccess

    var users: any UserRepository { InMemoryUsers(scope: scope, access: access) }
    var sessions: any SessionRepository { InMemorySessions(scope: scope, access: access) }
    var oneTimeTokens: any OneTimeTokenRepository { InMemoryOneTimeTokens(scope: scope, access: access) }
    var secondFactors: any SecondFactorRepository { InMemorySecondFactors(scope: scope, access: access) }
    var spentChallenges: any SpentChallengeRepository { InMemorySpentChallenges(scope: scope, access: access) }
    var apiKeys: any APIKeyRepository { InMemoryAPIKeys(scope: scope, access: access) }
    var identities: any IdentityRepository { InMemoryIdentities(scope: scope, access: access) }
    var passkeys: any PasskeyRepository { InMemoryPasskeys(scope: scope, access: access) }
    var dataExports: any DataExportRepository { InMemoryDataExports(scope: scope, access: access) }
    var teams: any TeamRepository { InMemoryTeams(scope: scope, access: access) }
    var teamMembers: any TeamMemberRepository { InMemoryTeamMembers(scope: scope, access: access) }
    var teamRoles: any TeamRoleRepository { InMemoryTeamRoles(scope: scope, access: access) }
    var teamGrants: any TeamGrantRepository { InMemoryTeamGrants(scope: scope, access: access) }
    var teamAPIKeys: any TeamAPIKeyRepository { InMemoryTeamAPIKeys(scope: scope, access: access) }
    var invitations: any InvitationRepository { InMemoryInvitations(scope: scope, access: access) }
    var teamDomains: any TeamDomainRepository { InMemoryTeamDomains(scope: scope, access: access) }
    var barredUsers: any BarredUserRepository { InMemoryBarredUsers(scope: scope, access: access) }
    var auditLog: any AuditLog { InMemoryAuditLog(scope: scope, access: access) }
    var auditSeals: any AuditSealRepository { InMemoryAuditSeals(scope: scope, access: access) }
    var jobs: any JobOutbox { InMemoryJobs(scope: scope, access: access) }
    var schedules: any ScheduleRepository { InMemorySchedules(scope: scope, access: access) }
    var idempotency: any IdempotencyRepository { InMemoryIdempotency(scope: scope, access: access) }
    var notifications: any NotificationRepository { InMemoryNotifications(scope: scope, access: access) }
    var mailSuppressions: any MailSuppressionRepository { InMemoryMailSuppressions(scope: scope, access: access) }
    var sealedKeys: any SealedKeyRepository { InMemorySealedKeys(scope: scope, access: access) }
    var webhookEndpoints: any WebhookEndpointRepository { InMemoryWebhookEndpoints(scope: scope, access: access) }
    var webhookDeliveries: any WebhookDeliveryRepository { InMemoryWebhookDeliveries(scope: scope, access: access) }
    var flags: any FlagRepository { InMemoryFlags(scope: scope, access: access) }
    var statistics: any StatisticsRepository { InMemoryStatistics(scope: scope, access: access) }
}

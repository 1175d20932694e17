/// The repositories as one scope sees them, inside or outside a unit of work.
public protocol Store: Sendable {
    var users: any UserRepository { get }
    var sessions: any SessionRepository { get }
    var oneTimeTokens: any OneTimeTokenRepository { get }
    var secondFactors: any SecondFactorRepository { get }
    var spentChallenges: any SpentChallengeRepository { get }
    var apiKeys: any APIKeyRepository { get }
    var identities: any IdentityRepository { get }
    var passkeys: any PasskeyRepository { get }
    var dataExports: any DataExportRepository { get }
    var teams: any TeamRepository { get }
    var teamMembers: any TeamMemberRepository { get }
    var teamRoles: any TeamRoleRepository { get }
    var teamGrants: any TeamGrantRepository { get }
    var teamAPIKeys: any TeamAPIKeyRepository { get }
    var invitations: any InvitationRepository { get }
    var teamDomains: any TeamDomainRepository { get }
    var barredUsers: any BarredUserRepository { get }
    var auditLog: any AuditLog { get }
    var auditSeals: any AuditSealRepository { get }
    var jobs: any JobOutbox { get }
    var schedules: any ScheduleRepository { get }
    var idempotency: any IdempotencyRepository { get }
    var notifications: any NotificationRepository { get }
    var mailSuppressions: any MailSuppressionRepository { get }
    var sealedKeys: any SealedKeyRepository { get }
    var webhookEndpoints: any WebhookEndpointRepository { get }
    var webhookDeliveries: any WebhookDeliveryRepository { get }
    var flags: any FlagRepository { get }
    var statistics: any StatisticsRepository { get }
}

import Core
import Persistence

/// All rows, as a value: a copy is a snapshot.
struct Tables {
    var users: [ID<User>: UserRow] = [:]
    /// The index behind ``UniqueRule/userEmail``.
    var userIDs: [String: ID<User>] = [:]
    var sessions: [ID<Session>: SessionRow] = [:]
    var oneTimeTokens: [[UInt8]: OneTimeToken] = [:]
    var authenticators: [ID<User>: Authenticator] = [:]
    var recoveryCodes: [ID<User>: Set<[UInt8]>] = [:]
    /// With the time from which they are forgotten.
    var spentChallenges: [[UInt8]: Timestamp] = [:]
    var apiKeys: [ID<APIKey>: APIKeyRow] = [:]
    var identities: [ID<LinkedIdentity>: LinkedIdentity] = [:]
    var passkeys: [ID<Passkey>: Passkey] = [:]
    var dataExports: [ID<DataExport>: DataExport] = [:]
    var teams: [ID<Team>: Team] = [:]
    var teamMembers: [ID<Team>: [ID<User>: TeamMemberRow]] = [:]
    var teamRoles: [ID<CustomRole>: CustomRole] = [:]
    var teamGrants: [ID<TeamGrant>: TeamGrant] = [:]
    var teamAPIKeys: [ID<TeamAPIKey>: TeamAPIKeyRow] = [:]
    var invitations: [ID<Invitation>: InvitationRow] = [:]
    var teamDomains: [ID<TeamDomain>: TeamDomainRow] = [:]
    /// With the time from which they are.
    var barredUsers: [ID<Team>: [ID<User>: Timestamp]] = [:]
    var auditEvents: [ID<AuditEvent>: AuditEvent] = [:]
    /// Of events that tell of somebody.
    var auditPartRecords: [ID<AuditEvent>: AuditParts<AuditPartRecord>] = [:]
    /// The events that wait to be sealed.
    var auditQueue: Set<ID<AuditEvent>> = []
    var auditSeals: [AuditPosition: AuditSeal] = [:]
    /// Where each sealed event stands.
    var auditPositions: [ID<AuditEvent>: AuditPosition] = [:]
    var auditHeads: [AuditChain: AuditHead] = [:]
    var jobs: [ID<Job>: JobRow] = [:]
    var schedules: [String: ScheduleRow] = [:]
    var idempotency: [IdempotencyKey: IdempotencyRow] = [:]
    /// By the key of the address.
    var mailSuppressions: [String: MailSuppressionRow] = [:]
    var notifications: [ID<UserNotification>: UserNotification] = [:]
    var notificationChoices: [ID<User>: [NotificationKind: Set<NotificationChannel>]] = [:]
    var webhookEndpoints: [ID<WebhookEndpoint>: WebhookEndpointRow] = [:]
    var webhookDeliveries: [ID<WebhookDelivery>: WebhookDeliveryRow] = [:]
    /// Of whom streams are to be told once this is committed.
    var touched: Set<ID<User>> = []
    /// Whether instances are to read the signing keys once this is committed.
    var hasChangedKeys = false
    var flags: [FlagKey: FeatureFlag] = [:]
    /// Counts the changes of all flags.
    var flagRevision: Int64 = 0
    var signingKeys: [String: SealedSigningKey] = [:]
    /// Fingerprints, oldest first.
    var masterKeys: [[UInt8]] = []
}

struct UserRow {
    var user: User
    var passwordHash: String?
    /// When what is personal was erased; nil while not.
    var purgedAt: Timestamp?

    func isDueForPurge(at time: Timestamp) -> Bool {
        purgedAt == nil && user.purgeAt.map { $0 <= time } ?? false
    }
}

struct JobRow {
    var job: Job
    var state = JobState.available
    var attempts = 0
    var lastError: String?
    var finishedAt: Timestamp?
    /// Who has it and until when; nil unless running.
    var lease: (token: ID<JobClaim>, until: Timestamp)?

    var record: JobRecord {
        JobRecord(job: job, state: state, attempts: attempts, lastError: lastError, finishedAt: finishedAt)
    }
}

struct MailSuppressionRow {
    let suppression: MailSuppression
    var liftedAt: Timestamp?
}

struct ScheduleRow {
    var definition: String
    var nextRunAt: Timestamp
}

struct TeamMemberRow {
    var roleID: RoleID
    let joinedAt: Timestamp
}

struct InvitationRow {
    var invitation: Invitation
    let hash: [UInt8]
}

struct TeamDomainRow {
    var domain: TeamDomain
    /// The token that was mailed last; nil for none.
    var mail: (hash: [UInt8], expiresAt: Timestamp)?
    /// When its record was looked at last; nil unless proven by it.
    var checkedAt: Timestamp?
    var missingSince: Timestamp?
}

struct APIKeyRow {
    var key: APIKey
    let hash: [UInt8]
}

struct TeamAPIKeyRow {
    var key: TeamAPIKey
    var hashes: KeySecretHashes
}

struct WebhookEndpointRow {
    var endpoint: WebhookEndpoint
    var secrets: SealedWebhookSecrets
}

struct WebhookDeliveryRow {
    var delivery: WebhookDelivery
    let event: WebhookEvent
}

struct SessionRow {
    var session: Session
    var refresh: RefreshState
}

/// A claimed key, and what was answered once it was.
struct IdempotencyRow {
    struct Answer {
        let status: Int
        let sealedResponse: [UInt8]
    }

    let requestHash: [UInt8]
    var answer: Answer?
    var expiresAt: Timestamp
}

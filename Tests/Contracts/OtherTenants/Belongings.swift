import Core
import Persistence

/// What is stored of a ``Tenant``, as the system sees it.
struct Belongings: Equatable {
    let user: User?
    let passwordHash: String?
    let session: Session?
    let refresh: RefreshState?
    let tokens: [OneTimeToken]
    let authenticator: Authenticator?
    let recoveryCodes: Int
    let apiKeys: [APIKey]
    let identities: [LinkedIdentity]
    let passkeys: [Passkey]
    let exports: [DataExport]
    let notifications: [UserNotification]
    let choices: [NotificationKind: Set<NotificationChannel>]
    let answer: IdempotencyClaim?
    let team: Team?
    let members: [TeamMemberProfile]
    let roles: [CustomRole]
    let invitations: [Invitation]
    let teamKeys: [TeamAPIKey]
    let teamKeyUse: TeamAPIKeyUse?
    let domains: [TeamDomain]
    let domainMailExpiresAt: Timestamp?
    let domainChecks: [DomainCheck]
    let grants: [TeamGrant]
    let isBarred: Bool
    let endpoints: [WebhookEndpoint]
    let secrets: [WebhookSecretRow]
    let deliveries: [WebhookDelivery]
    let jobs: [Job]
    let log: [AuditEvent]

    init(of tenant: Tenant, in store: any Store, at time: Timestamp) async throws {
        let (id, group, page) = (tenant.user.id, tenant.team.id, PageRequest(limit: 100))
        let account = try await store.users.findLocked(id)
        (user, passwordHash) = (account?.user, account?.passwordHash)
        let found = try await store.sessions.refreshState(of: tenant.session.id)
        (session, refresh) = (found?.session, found?.refresh)
        tokens = try await store.oneTimeTokens.list(of: id)
        authenticator = try await store.secondFactors.authenticator(of: id)
        recoveryCodes = try await store.secondFactors.recoveryCodeCount(of: id)
        apiKeys = try await store.apiKeys.list(of: id, page: page).items
        identities = try await store.identities.list(of: id)
        passkeys = try await store.passkeys.list(of: id)
        exports = try await store.dataExports.list(of: id, page: page).items
        notifications = try await store.notifications.list(of: id, page: page).items
        choices = try await store.notifications.choices(of: id)
        answer = try await store.idempotency.find(tenant.answer, requestHash: [1], at: time)
        team = try await store.teams.find(group, by: id)?.team
        members = try await store.teamMembers.list(in: group, page: page).items
        roles = try await store.teamRoles.list(in: group)
        invitations = try await store.invitations.list(in: group, page: page).items
        teamKeys = try await store.teamAPIKeys.list(in: group, page: page).items
        teamKeyUse = try await store.teamAPIKeys.authenticate(tenant.teamKey.id)
        domains = try await store.teamDomains.list(in: group, page: page).items
        domainMailExpiresAt = try await store.teamDomains.find(mailHash: tenant.domainMailHash)?.mailExpiresAt
        domainChecks = try await store.teamDomains.listToCheck(checkedBefore: time + .days(1), limit: 9)
        grants = try await store.teamGrants.list(in: group, matching: TeamGrantFilter(), page: page).items
        isBarred = try await store.barredUsers.contains(id, in: tenant.formerTeam.id)
        endpoints = try await store.webhookEndpoints.list(of: group, page: page).items
        secrets = try await store.webhookEndpoints.secrets(after: nil, limit: 100).filter { $0.teamID == group }
        deliveries = try await store.webhookDeliveries.list(to: tenant.endpoint.id, of: group, page: page).items
        jobs = try await store.jobs.list(name: tenant.job.name, page: page).items
        log = try await store.auditLog.list(.everything, matching: .none, page: page).items
    }
}

import Core
import Persistence

/// A person with a team, and one of everything that belongs to either.
struct Tenant: Sendable {
    let user: User
    let session: Session
    let refreshHash: [UInt8]
    let token: OneTimeToken
    let recoveryCode: [UInt8]
    let apiKey: APIKey
    let identity: LinkedIdentity
    let passkey: Passkey
    let export: DataExport
    let notification: UserNotification
    let answer: IdempotencyKey
    let team: Team
    let role: CustomRole
    let invitation: Invitation
    let invitationHash: [UInt8]
    let teamKey: TeamAPIKey
    /// Not proven yet; gives a role that the team made.
    let domain: TeamDomain
    let domainMailHash: [UInt8]
    let provenDomain: TeamDomain
    let grant: TeamGrant
    /// The team that the person was put out of; its owner stays.
    let formerTeam: Team
    let endpoint: WebhookEndpoint
    let secrets: WebhookSecretRow
    let delivery: ID<WebhookDelivery>
    let job: Job

    static let passwordHash = "hash"
    static let sealedSecret: [UInt8] = [7]

    /// Somebody whose data is due to be erased, so that nothing but the scope keeps a purge off.
    static func leaving(_ context: ContractContext) async throws -> Tenant {
        var user = try await context.addUser(passwordHash: passwordHash)
        (user.deletedAt, user.purgeAt) = (context.now, context.now)
        return try await Tenant(of: context.system.users.update(user), context)
    }

    private init(of user: User, _ context: ContractContext) async throws {
        let (store, now) = (context.system, context.now)
        self.user = user
        (session, refreshHash) = try await context.addSession(of: user)
        token = .sample(context, of: user)
        recoveryCode = context.makeHash()
        apiKey = APIKey(
            id: context.makeID(), userID: user.id, name: "CI", prefix: "plk_", scopes: Scopes([.usersRead]),
            createdAt: now)
        identity = LinkedIdentity(
            id: context.makeID(), userID: user.id, provider: "google", issuer: "https://i.example",
            subject: user.id.description, email: nil, createdAt: now, lastUsedAt: now)
        passkey = Passkey(
            id: context.makeID(), userID: user.id, name: "Phone", credentialID: context.makeHash(),
            publicKey: context.makeHash(), signCount: 0, isBackupEligible: false, isBackedUp: false, transports: [],
            aaguid: Array(context.makeHash().prefix(16)), createdAt: now)
        export = DataExport(id: context.makeID(), userID: user.id, createdAt: now)
        notification = UserNotification(
            id: context.makeID(), userID: user.id, kind: .newSignIn, title: "A", body: "B", path: nil, createdAt: now)
        answer = .sample(context, principal: "user:\(user.id)")
        try await store.oneTimeTokens.insert(token)
        _ = try await store.secondFactors.setAuthenticator(of: user.id, sealedSecret: Self.sealedSecret, at: now)
        try await store.secondFactors.replaceRecoveryCodes(of: user.id, with: [recoveryCode], at: now)
        try await store.apiKeys.insert(apiKey, hash: context.makeHash())
        _ = try await store.identities.insert(identity)
        _ = try await store.passkeys.insert(passkey)
        try await store.dataExports.insert(export)
        try await store.notifications.insert(notification)
        try await store.notifications.choose([.mail], for: .newSignIn, of: user.id)
        _ = try await store.idempotency.claim(answer, requestHash: [1], at: now)
        try await store.idempotency.complete(answer, status: 200, sealedResponse: [1], expiresAt: now + .hours(1))

        team = try await context.addTeam(of: user).team
        role = try await context.addRole(in: team)
        let address = EmailAddress(storedText: "guest@example.org", key: "guest@example.org")
        invitation = Invitation(
            id: context.makeID(), teamID: team.id, recipient: .address(address), role: .custom(role.id),
            invitedBy: user.id, createdAt: now, sentAt: now, expiresAt: now)
        invitationHash = context.makeHash()
        try await store.invitations.insert(invitation, hash: invitationHash)
        teamKey = .sample(context, of: team)
        try await store.teamAPIKeys.insert(teamKey, hash: context.makeHash())
        domain = try await context.addDomain("example.org", of: team, by: user, as: .custom(role.id))
        domainMailHash = context.makeHash()
        _ = try await store.teamDomains.setMail(
            hash: domainMailHash, expiresAt: now + .hours(1), of: domain.id, in: team.id)
        provenDomain = try await context.addDomain("example.com", of: team, by: user)
        _ = try await store.teamDomains.verify(
            provenDomain.id, in: team.id, as: TeamDomain.Verification(proof: .dns, verifiedAt: now))
        grant = try await context.addGrant(.filesRead, on: .report, to: .member(user.id), in: team, by: user)
        formerTeam = try await context.addTeam(of: context.addUser()).team
        try await store.barredUsers.insert(user.id, in: formerTeam.id, at: now)
        endpoint = try await context.addEndpoint(of: team.id, failingSince: now)
        secrets = WebhookSecretRow(
            teamID: team.id, endpointID: endpoint.id, secrets: SealedWebhookSecrets(current: Self.sealedSecret))
        _ = try await store.webhookEndpoints.rotateSecret(
            of: endpoint.id, in: team.id, to: Self.sealedSecret, formerUntil: nil, at: now)
        delivery = context.makeID()
        _ = try await store.webhookDeliveries.add(
            context.makeEvent(of: team.id), to: nil, ids: [delivery], job: context.makeJob(of: team.id))
        job = .sample(context)
        try await store.jobs.enqueue(job)
        try await context.record([.sample(context, of: user), .sample(context, of: user, team: team.id)])
        try await context.seal()
    }
}

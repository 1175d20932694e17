public import Core
public import Persistence

// Values with everything a contract does not care about filled in. None of two share a unique value.

extension User {
    public static func sample(
        _ context: ContractContext, email: String? = nil, firstName: String = "Ada", lastName: String = "Lovelace",
        emailVerifiedAt: Timestamp? = nil, createdAt: Timestamp? = nil
    ) throws -> User {
        let id = context.makeID(of: User.self)
        return User(
            id: id, email: try EmailAddress(parsing: email ?? "\(id)@example.org"), emailVerifiedAt: emailVerifiedAt,
            firstName: PersonName(stored: firstName), lastName: PersonName(stored: lastName),
            createdAt: createdAt ?? context.now, updatedAt: createdAt ?? context.now)
    }
}

extension Session {
    public static func sample(
        _ context: ContractContext, of user: User, by impersonator: User? = nil, deviceName: String? = nil,
        userAgent: String? = nil, ip: String? = nil, createdAt: Timestamp? = nil, idle: Duration = .days(7),
        absolute: Duration = .days(30)
    ) -> Session {
        let createdAt = createdAt ?? context.now
        return Session(
            id: context.makeID(), userID: user.id, impersonatorID: impersonator?.id, deviceName: deviceName,
            userAgent: userAgent, ip: ip, createdAt: createdAt, lastSeenAt: createdAt, authenticatedAt: createdAt,
            idleExpiresAt: createdAt + idle,
            expiresAt: createdAt + absolute)
    }
}

extension OneTimeToken {
    public static func sample(
        _ context: ContractContext, of user: User, purpose: Purpose = .resetPassword, lifetime: Duration = .minutes(30)
    ) -> OneTimeToken {
        OneTimeToken(
            hash: context.makeHash(), purpose: purpose, userID: user.id, emailKey: user.email.key,
            createdAt: context.now, expiresAt: context.now + lifetime)
    }
}

extension AuditEvent {
    public static func sample(
        _ context: ContractContext, of user: User?, team: Core.ID<Team>? = nil, action: String = "session.revoked",
        changes: [String: String] = [:], createdAt: Timestamp? = nil
    ) -> AuditEvent {
        AuditEvent(
            id: context.makeID(), action: action, actorID: user?.id, userID: user?.id, teamID: team,
            targetType: "session", targetID: nil, origin: .none, changes: changes,
            createdAt: createdAt ?? context.now)
    }
}

extension Job {
    public static func sample(
        _ context: ContractContext, name: String = "mail.send", queue: String = defaultQueue, priority: Int = 0,
        parameters: String = "{}", runAt: Timestamp? = nil, uniqueKey: String? = nil, maxAttempts: Int = usualAttempts,
        createdAt: Timestamp? = nil
    ) -> Job {
        Job(
            id: context.makeID(), name: name, queue: queue, priority: priority, parameters: Array(parameters.utf8),
            runAt: runAt ?? createdAt ?? context.now, uniqueKey: uniqueKey, maxAttempts: maxAttempts,
            createdAt: createdAt ?? context.now)
    }
}

extension IdempotencyKey {
    public static func sample(_ context: ContractContext, principal: String = "address:5f0c") -> IdempotencyKey {
        IdempotencyKey(
            principal: principal, method: "POST", path: "/api/v1/teams", key: Base64URL.encode(context.makeHash()))
    }
}

extension SealedSigningKey {
    /// Active from its creation for 90 days unless told otherwise.
    public static func sample(
        _ context: ContractContext, createdAt: Timestamp? = nil, activeAfter: Duration = .zero,
        retiresAfter: Duration = .days(90)
    ) -> SealedSigningKey {
        let createdAt = createdAt ?? context.now
        return SealedSigningKey(
            keyID: Base64URL.encode(context.makeHash()), sealedPrivateKey: context.randomness.bytes(60),
            createdAt: createdAt, activeFrom: createdAt + activeAfter, retiresAt: createdAt + retiresAfter)
    }
}

extension ContractContext {
    /// Stores a sample.
    func addUser(passwordHash: String? = nil) async throws -> User {
        let user = try User.sample(self)
        try await system.users.insert(user, passwordHash: passwordHash)
        return user
    }

    /// Stores a sample of a team, where no more of it is wanted than its id.
    func addTeamID(of owner: User) async throws -> Core.ID<Team> {
        try await addTeam(of: owner).team.id
    }

    /// Stores a sample, and gives the hash of its refresh token.
    func addSession(
        of user: User, by impersonator: User? = nil, createdAt: Timestamp? = nil, idle: Duration = .days(7),
        absolute: Duration = .days(30)
    ) async throws -> (session: Session, refreshHash: [UInt8]) {
        let session = Session.sample(
            self, of: user, by: impersonator, createdAt: createdAt, idle: idle, absolute: absolute)
        let hash = makeHash()
        try await system.sessions.insert(session, refresh: RefreshState(hash: hash))
        return (session, hash)
    }
}

import Core
import Persistence

struct InMemoryUsers: UserRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ user: User, passwordHash: String?) async throws {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            try user.checkConstraints()
            guard tables.users[user.id] == nil else { throw DatabaseError.duplicate(.userID) }
            guard tables.userIDs[user.email.key] == nil else { throw DatabaseError.duplicate(.userEmail) }
            tables.users[user.id] = UserRow(user: user, passwordHash: passwordHash)
            tables.userIDs[user.email.key] = user.id
        }
    }

    func find(_ id: ID<User>) async throws -> User? {
        try await access.read { tables in seen(id, in: tables)?.user }
    }

    func find(emailKey: String) async throws -> User? {
        try await findForSignIn(emailKey: emailKey)?.user
    }

    func findForSignIn(emailKey: String) async throws -> (user: User, passwordHash: String?)? {
        try await access.read { tables in
            tables.userIDs[emailKey].flatMap { seen($0, in: tables) }.map { ($0.user, $0.passwordHash) }
        }
    }

    func findLocked(_ id: ID<User>) async throws -> (user: User, passwordHash: String?)? {
        // Whoever writes has the turn until the unit of work ends.
        try await access.write { tables in row(id, in: tables).map { ($0.user, $0.passwordHash) } }
    }

    func update(_ user: User) async throws -> User {
        try await access.write { tables in
            guard var row = row(user.id, in: tables) else { throw DatabaseError.notFound }
            guard row.user.version == user.version else { throw DatabaseError.versionConflict }
            try user.checkConstraints()
            guard tables.userIDs[user.email.key] ?? user.id == user.id else {
                throw DatabaseError.duplicate(.userEmail)
            }
            let changed = user.stored(createdAt: row.user.createdAt)
            tables.userIDs[row.user.email.key] = nil
            tables.userIDs[changed.email.key] = changed.id
            row.user = changed
            tables.users[changed.id] = row
            return changed
        }
    }

    func replacePasswordHash(of id: ID<User>, expected: String?, with passwordHash: String) async throws -> Bool {
        try await access.write { tables in
            guard let row = row(id, in: tables), row.passwordHash == expected else { return false }
            tables.users[id]?.passwordHash = passwordHash
            return true
        }
    }

    func setPasswordHash(of id: ID<User>, to passwordHash: String?) async throws {
        try await access.write { tables in
            guard row(id, in: tables) != nil else { throw DatabaseError.notFound }
            tables.users[id]?.passwordHash = passwordHash
        }
    }

    func markEmailVerified(_ id: ID<User>, emailKey: String, at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            guard var row = row(id, in: tables), row.user.email.key == emailKey else { return false }
            guard row.user.emailVerifiedAt == nil else { return true }
            row.user.emailVerifiedAt = time
            row.user.updatedAt = time
            row.user.version &+= 1
            tables.users[id] = row
            return true
        }
    }

    func listDueForPurge(at time: Timestamp, limit: Int) async throws -> [ID<User>] {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            let due = tables.users.values.filter { $0.isDueForPurge(at: time) }.map(\.user)
            return due.sorted { ($0.purgeAt ?? time, $0.id) < ($1.purgeAt ?? time, $1.id) }.prefix(limit).map(\.id)
        }
    }

    func purge(_ id: ID<User>, at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard let row = tables.users[id], row.isDueForPurge(at: time) else { return false }
            tables.erase(row.user)
            var purged = row.user.purged(at: time)
            purged.version &+= 1
            tables.users[id] = UserRow(user: purged, purgedAt: time)
            tables.touched.insert(id)
            return true
        }
    }

    /// To be read: in a team its members see each other.
    private func seen(_ id: ID<User>, in tables: Tables) -> UserRow? {
        if case .team(let team, _) = scope, tables.teamMembers[team]?[id] != nil { return tables.users[id] }
        return row(id, in: tables)
    }

    private func row(_ id: ID<User>, in tables: Tables) -> UserRow? {
        scope.sees(id) ? tables.users[id] : nil
    }
}

extension Tables {
    /// Removes what belongs to a person alone.
    fileprivate mutating func erase(_ user: User) {
        userIDs[user.email.key] = nil
        mailSuppressions[user.email.key] = nil
        sessions = sessions.filter { $0.value.session.userID != user.id }
        for (id, row) in sessions where row.session.impersonatorID == user.id {
            sessions[id]?.session = row.session.withoutDevice
        }
        oneTimeTokens = oneTimeTokens.filter { $0.value.userID != user.id }
        authenticators[user.id] = nil
        recoveryCodes[user.id] = nil
        apiKeys = apiKeys.filter { $0.value.key.userID != user.id }
        identities = identities.filter { $0.value.userID != user.id }
        passkeys = passkeys.filter { $0.value.userID != user.id }
        notifications = notifications.filter { $0.value.userID != user.id }
        notificationChoices[user.id] = nil
        invitations = invitations.filter { row in
            if case .address(let email) = row.value.invitation.recipient { email != user.email } else { true }
        }
        for team in barredUsers.keys { barredUsers[team]?[user.id] = nil }
        idempotency = idempotency.filter { $0.key.principal != "user:\(user.id)" }
        jobs = jobs.filter { !$0.value.isMail(to: user) }
    }
}

extension Session {
    /// The session without where it is from.
    fileprivate var withoutDevice: Session {
        Session(
            id: id, userID: userID, impersonatorID: impersonatorID, deviceName: nil, userAgent: nil, ip: nil,
            createdAt: createdAt, lastSeenAt: lastSeenAt, authenticatedAt: authenticatedAt,
            idleExpiresAt: idleExpiresAt, expiresAt: expiresAt, revokedAt: revokedAt)
    }
}

extension JobRow {
    fileprivate func isMail(to user: User) -> Bool {
        guard job.name == OutgoingMail.jobName, let mail: OutgoingMail = try? job.decoded() else { return false }
        return mail.userID == user.id || mail.to == user.email.text
    }
}

extension User {
    /// As an update leaves it: its version counted up, its creation time the stored one.
    fileprivate func stored(createdAt: Timestamp) -> User {
        User(
            id: id, email: email, emailVerifiedAt: emailVerifiedAt, firstName: firstName, lastName: lastName,
            language: language, timeZone: timeZone, avatarURL: avatarURL, isSuperuser: isSuperuser,
            hasSecondFactor: hasSecondFactor, secondFactorResetAt: secondFactorResetAt, suspendedAt: suspendedAt,
            deletedAt: deletedAt, purgeAt: purgeAt, terms: terms, createdAt: createdAt, updatedAt: updatedAt,
            version: version &+ 1)
    }
}

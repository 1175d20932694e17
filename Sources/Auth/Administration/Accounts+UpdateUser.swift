public import Core
import Persistence

/// What an administrator changes of an account; nil leaves it as it is.
public struct AccountChanges: Sendable, Equatable {
    public let profile: ProfileChanges
    /// The right to administer the installation.
    public let isSuperuser: Bool?

    public init(profile: ProfileChanges = ProfileChanges(), isSuperuser: Bool? = nil) {
        self.profile = profile
        self.isSuperuser = isSuperuser
    }
}

extension Accounts {
    /// Changes somebody else's account.
    ///
    /// The right of an administrator given or taken has an audit row of its own, and the person is told. All sessions of the
    /// person end with it, and so do those in which others act in the person's name: nobody acts as a superuser, and what was
    /// opened with other rights goes. Since nobody changes the own account so, an administrator is always left.
    /// - Parameters:
    ///   - reason: 1 to 500 characters, for the audit log; nil for none.
    ///   - isExpected: Asked of the locked row; nil where anything will do.
    /// - Throws: ``AuthError/reasonRejected``; ``AuthError/forbidden`` for the own account; ``AuthError/notFound``;
    ///   ``AuthError/preconditionFailed``; ``AuthError/notFitForRight`` where the right is to be given to an account that is
    ///   closed or whose address was never proven; as ``Principal/requireAdministrator(at:)``.
    public func updateUser(
        _ user: ID<User>, _ changes: AccountChanges, reason: String? = nil, by principal: Principal,
        origin: RequestOrigin, if isExpected: AccountExpectation? = nil
    ) async throws -> AccountOverview {
        let now = time.now()
        try principal.requireAdministrator(at: now)
        let reason = try reason.map { try AdministrativeReason($0) }
        let audit = audit(by: .principal(principal), owner: user, origin: origin, at: now)
        return try await database.transaction(.system, repetition: .allowed) { store in
            var person = try await lock(user, for: principal, in: store, at: now)
            try await require(isExpected, of: user, in: store, at: now)
            let changed = changes.profile.apply(to: &person)
            let right = changes.isSuperuser.flatMap { $0 == person.isSuperuser ? nil : $0 }
            if right == true, person.emailVerifiedAt == nil || !person.isActive { throw AuthError.notFitForRight }
            guard !changed.isEmpty || right != nil else { return try await overview(of: user, in: store, at: now) }
            person.isSuperuser = right ?? person.isSuperuser
            person.updatedAt = now
            person = try await store.users.update(person)
            if !changed.isEmpty {
                let values = changed.merging(reason?.personal ?? [:]) { value, _ in value }
                try await store.auditLog.record(audit.event(user: user, .userUpdated, personal: values))
            }
            if let right {
                try await noteRight(right, of: person, reason: reason, by: audit, in: store)
            }
            return try await overview(of: user, in: store, at: now)
        }
    }

    private func noteRight(
        _ isGiven: Bool, of person: User, reason: AdministrativeReason?, by audit: AuditContext, in store: any Store
    ) async throws {
        _ = try await store.sessions.revokeAll(of: person.id, except: nil, reason: .revokedByAdmin, at: audit.time)
        let notice = notice(isGiven ? .superuserGranted : .superuserRevoked, to: person, at: audit.time)
        try await notice.send(mail: notice.mail(), in: store)
        try await store.auditLog.record(
            audit.event(
                user: person.id, isGiven ? .superuserGranted : .superuserRevoked, personal: reason?.personal ?? [:]))
    }
}

public import Core
import Persistence

extension Accounts {
    /// Takes an account's second factors away, for a person who lost them: authenticator app, recovery codes, passkeys. All
    /// sessions and pending links end, but those that undo a change of address. The person is told, but not why.
    ///
    /// Whoever reads the person's mail must not get in by that alone. So the next sign-in takes the password or an account at
    /// a provider: until then no mailed link signs in or replaces the password (``User/secondFactorResetAt``), and an account
    /// that has neither is refused. Nothing more is asked then; where a second factor is a duty, it is set up next.
    /// Does nothing about an account whose sign-ins ask for none.
    /// - Parameter reason: 1 to 500 characters, for the audit log: how it was made sure who asked, for one.
    /// - Throws: ``AuthError/reasonRejected``; ``AuthError/forbidden`` for the own account; ``AuthError/notFound``;
    ///   ``AuthError/lastCredential``; as ``Principal/requireAdministrator(at:)``.
    public func resetSecondFactors(
        of user: ID<User>, reason: String, by principal: Principal, origin: RequestOrigin
    ) async throws {
        let now = time.now()
        try principal.requireAdministrator(at: now)
        let reason = try AdministrativeReason(reason)
        let reset = audit(by: .principal(principal), owner: user, origin: origin, at: now)
            .event(user: user, .secondFactorsReset, personal: reason.personal)
        try await database.transaction(.system, repetition: .allowed) { store in
            var person = try await lock(user, for: principal, in: store, at: now)
            guard person.hasSecondFactor else { return }
            guard try await hasMoreThanMail(person, in: store) else { throw AuthError.lastCredential }
            _ = try await store.secondFactors.removeAuthenticator(of: user)
            try await store.secondFactors.replaceRecoveryCodes(of: user, with: [], at: now)
            _ = try await store.passkeys.removeAll(of: user)
            (person.hasSecondFactor, person.secondFactorResetAt, person.updatedAt) = (false, now, now)
            person = try await store.users.update(person)
            try await endAccess(of: user, except: nil, reason: .secondFactorChanged, in: store, at: now)
            let notice = notice(.secondFactorReset, to: person, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(reset)
        }
    }

    /// Whether the person can sign in without a mail and without what is taken away.
    private func hasMoreThanMail(_ person: User, in store: any Store) async throws -> Bool {
        if try await store.users.findLocked(person.id)?.passwordHash != nil { return true }
        return try await !store.identities.list(of: person.id).isEmpty
    }

    /// Notes that the person of a locked account has signed in by something else than a mail since the second factors were
    /// taken away, so that mailed links work again.
    /// - Returns: The account as it is now.
    func leavingReset(_ user: User, by method: SignInMethod, in store: any Store, at now: Timestamp) async throws
        -> User
    {
        guard user.secondFactorResetAt != nil, method != .link else { return user }
        var user = user
        (user.secondFactorResetAt, user.updatedAt) = (nil, now)
        return try await store.users.update(user)
    }
}

public import Core
public import Persistence

extension Accounts {
    /// Opens an account.
    ///
    /// Where an address must be proven, the answer and the work are the same whether or not the address has an account:
    /// one look-up, one count of mails, one hash, one transaction of as many statements. A free address gets the mail
    /// that proves it, a taken one is told so by mail. A password that the policy refuses is refused before any of it.
    /// - Parameter invitation: The token of an invitation to a team that was mailed to the address, which proves it: the
    ///   account is signed in at once. A taken address is told so by mail all the same.
    /// - Throws: ``AuthError/passwordRejected(_:)``, ``AuthError/overloaded(retryAfter:)``, ``AuthError/invalidToken`` for no
    ///   open invitation to that address, and ``AuthError/emailTaken`` where no proof is asked for.
    public func register(
        _ registration: Registration, password: String, invitation: String? = nil, origin: RequestOrigin,
        receipt: Receipt<RegistrationOutcome>? = nil
    ) async throws -> RegistrationOutcome {
        try requireAcceptable(
            password, for: registration.email, names: [registration.firstName, registration.lastName])
        if let invitation { try await requireInvitation(of: registration.email, by: invitation) }
        do {
            if invitation != nil || !configuration.requiresVerifiedEmail {
                return try await registerSignedIn(
                    registration, password: password, isProven: invitation != nil, origin: origin, receipt: receipt)
            }
        } catch AuthError.emailTaken where configuration.requiresVerifiedEmail {}
        let isTaken = try await database.scoped(.system).users.find(emailKey: registration.email.key) != nil
        let mayMail = try await reserveMail(isTaken ? .alreadyRegistered : .verifyEmail, to: registration.email)
        let passwordHash = try await hash(password)
        if isTaken {
            return try await noteRepeated(registration, mail: mayMail, origin: origin, receipt: receipt)
        }
        do {
            return try await open(registration, passwordHash: passwordHash, origin: origin, receipt: receipt)
        } catch DatabaseError.duplicate(.userEmail) {
            // Someone took the address meanwhile.
            let mayMail = try await reserveMail(.alreadyRegistered, to: registration.email)
            return try await noteRepeated(registration, mail: mayMail, origin: origin, receipt: receipt)
        }
    }

    /// Opens the account and queues the mail that proves its address, whatever was mailed there before: an address has
    /// its first mail once, and without it the account would be of no use.
    /// - Throws: `DatabaseError.duplicate` when the address is taken.
    private func open(
        _ registration: Registration, passwordHash: String, origin: RequestOrigin,
        receipt: Receipt<RegistrationOutcome>?
    ) async throws -> RegistrationOutcome {
        let now = time.now()
        let user = registration.user(id: .make(at: now, randomness: randomness), at: now)
        let verification = try link(.verifyEmail, to: user, at: now)
        let registered = audit(by: .nobody, owner: user.id, origin: origin, at: now)
            .event(user: user.id, .userRegistered, changes: registration.auditedChanges)
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            try await store.users.insert(user, passwordHash: passwordHash)
            try await verification.add(to: store)
            try await store.auditLog.record(registered)
            return .verificationSent
        }
    }

    /// Tells the holder of the account, and records it in nobody's log: strangers must not be able to fill a person's.
    private func noteRepeated(
        _ registration: Registration, mail mayMail: Bool, origin: RequestOrigin, receipt: Receipt<RegistrationOutcome>?
    ) async throws -> RegistrationOutcome {
        let now = time.now()
        let audit = audit(by: .nobody, owner: nil, origin: origin, at: now)
        let decoy = linkHash(of: .make(at: now, randomness: randomness), .verifyEmail)
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            guard let user = try await store.users.find(emailKey: registration.email.key) else {
                return .verificationSent
            }
            // Stands for the token of a new account: as many statements either way.
            _ = try await store.oneTimeTokens.consume(hash: decoy, purpose: .verifyEmail)
            if mayMail {
                try await store.jobs.enqueue(mail(.alreadyRegistered, to: user, path: "/login", at: now))
            }
            try await store.auditLog.record(audit.event(user: user.id, .registrationRepeated))
            return .verificationSent
        }
    }

    private func requireInvitation(of email: EmailAddress, by token: String) async throws {
        let found = try await database.scoped(.system).invitations.find(hash: OneTimeTokens.hash(of: token))
        guard let invitation = found?.invitation, invitation.end(at: time.now()) == nil,
            invitation.recipient == .address(email)
        else { throw AuthError.invalidToken }
    }

    private func registerSignedIn(
        _ registration: Registration, password: String, isProven: Bool, origin: RequestOrigin,
        receipt: Receipt<RegistrationOutcome>?
    ) async throws -> RegistrationOutcome {
        let passwordHash = try await hash(password)
        let now = time.now()
        var user = registration.user(id: .make(at: now, randomness: randomness), at: now)
        user.emailVerifiedAt = isProven ? now : nil
        let start = try startSession(of: user.id, deviceName: nil, origin: origin, at: now)
        let audit = audit(by: .signingIn(user.id), owner: user.id, origin: origin, at: now)
        do {
            return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { [user] store in
                try await store.users.insert(user, passwordHash: passwordHash)
                try await store.sessions.insert(start.session, refresh: start.refresh)
                try await store.auditLog.record(
                    audit.event(user: user.id, .userRegistered, changes: registration.auditedChanges))
                try await store.auditLog.record(audit.event(session: start.session.id, .sessionCreated))
                return .signedIn(start.result(for: user, on: markDevice(of: user.id)))
            }
        } catch DatabaseError.duplicate(.userEmail) {
            throw AuthError.emailTaken
        }
    }
}

extension Registration {
    fileprivate var auditedChanges: [String: String] {
        var changes = ["language": language.rawValue, "time_zone": timeZone.text]
        changes["terms_version"] = termsVersion
        return changes
    }
}

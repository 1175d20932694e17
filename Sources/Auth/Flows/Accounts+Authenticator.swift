public import Core
public import Persistence

/// What a person needs to set an authenticator app up. Shown once.
public struct AuthenticatorSetup: Sendable {
    public let secret: TOTPSecret
    /// The secret as apps scan it.
    public let otpauthURI: String
}

/// Whether a second factor is asked for, and what is left of it.
public struct SecondFactorState: Sendable, Equatable {
    /// When it was switched on; nil while off.
    public let enabledAt: Timestamp?
    public let recoveryCodesLeft: Int
}

extension Accounts {
    /// Whether the person's sign-ins ask for a second factor.
    public func secondFactorState(of principal: Principal) async throws -> SecondFactorState {
        try principal.requireActive()
        let factors = database.scoped(.user(principal.user.id)).secondFactors
        return SecondFactorState(
            enabledAt: try await factors.authenticator(of: principal.user.id)?.confirmedAt,
            recoveryCodesLeft: try await factors.recoveryCodeCount(of: principal.user.id))
    }

    /// Makes the secret of an authenticator app, which counts once it is confirmed; one not confirmed before is forgotten.
    /// - Throws: ``AuthError/secondFactorEnabled`` while there is a confirmed one;
    ///   ``AuthError/reauthenticationRequired``, ``AuthError/accountPendingDeletion``.
    public func startAuthenticator(
        of principal: Principal, origin: RequestOrigin, receipt: Receipt<AuthenticatorSetup>? = nil
    ) async throws -> AuthenticatorSetup {
        try principal.requireFresh(at: time.now())
        let (user, now) = (principal.user, time.now())
        let secret = TOTPSecret.make(randomness: randomness)
        let sealed = try keys.seal(secret.revealed(), context: Self.sealContext(of: user.id))
        let setup = AuthenticatorSetup(
            secret: secret,
            otpauthURI: secret.otpauthURI(issuer: configuration.productName, account: user.email.text))
        return try await database.change(.user(user.id), receipt: receipt) { store in
            guard try await store.secondFactors.setAuthenticator(of: user.id, sealedSecret: sealed, at: now)
            else { throw AuthError.secondFactorEnabled }
            return setup
        }
    }

    /// Switches the second factor on by a first code of the app. The session it is asked through lives on; all others, which
    /// were opened with less, end.
    /// - Returns: The recovery codes, to be shown once.
    /// - Throws: ``AuthError/invalidCode``; ``AuthError/notFound`` where none was started;
    ///   ``AuthError/secondFactorEnabled``; ``AuthError/reauthenticationRequired``; ``AuthError/throttled(retryAfter:)``;
    ///   ``AuthError/accountPendingDeletion``.
    public func confirmAuthenticator(
        of principal: Principal, code text: String, origin: RequestOrigin, receipt: Receipt<[RecoveryCode]>? = nil
    ) async throws -> [RecoveryCode] {
        try principal.requireFresh(at: time.now())
        let counted = try await countCode(of: principal.user.id, origin: origin)
        let codes = RecoveryCodes.make(randomness: randomness)
        try await changingSecondFactor(
            of: principal, to: true, action: .secondFactorEnabled, origin: origin,
            receipt: receipt?.mapping { codes }
        ) { user, store, now in
            guard let authenticator = try await store.secondFactors.authenticator(of: user)
            else { throw AuthError.notFound }
            guard authenticator.confirmedAt == nil else { throw AuthError.secondFactorEnabled }
            let secret = try secret(of: authenticator, user: user)
            guard let step = TOTPCode(text).flatMap({ TOTP.verify($0, secret: secret, at: now, lastStep: nil) }),
                try await store.secondFactors.confirmAuthenticator(
                    of: user, sealedSecret: authenticator.sealedSecret, step: step, at: now)
            else { throw AuthError.invalidCode }
            try await store.secondFactors.replaceRecoveryCodes(
                of: user, with: codes.map { $0.hash(for: user) }, at: now)
        }
        try await forgiveTries(counted)
        return codes
    }

    /// Switches the second factor off, recovery codes with it. All other sessions end.
    /// - Throws: ``AuthError/notFound`` while it is off; ``AuthError/reauthenticationRequired``,
    ///   ``AuthError/accountPendingDeletion``.
    public func removeAuthenticator(of principal: Principal, origin: RequestOrigin) async throws {
        try principal.requireFresh(at: time.now())
        try await changingSecondFactor(
            of: principal, to: false, action: .secondFactorDisabled, origin: origin, receipt: nil
        ) { user, store, now in
            _ = try await store.secondFactors.removeAuthenticator(of: user)
            try await store.secondFactors.replaceRecoveryCodes(of: user, with: [], at: now)
        }
    }

    /// Replaces the recovery codes.
    /// - Returns: The new ones, to be shown once.
    /// - Throws: ``AuthError/notFound`` while no second factor is asked for; ``AuthError/reauthenticationRequired``,
    ///   ``AuthError/accountPendingDeletion``.
    public func replaceRecoveryCodes(
        of principal: Principal, origin: RequestOrigin, receipt: Receipt<[RecoveryCode]>? = nil
    ) async throws -> [RecoveryCode] {
        let session = try principal.requireFresh(at: time.now())
        let (user, now) = (principal.user.id, time.now())
        let codes = RecoveryCodes.make(randomness: randomness)
        let replaced = audit(by: principal, origin: origin, at: now).event(user: user, .recoveryCodesReplaced)
        return try await database.transaction(.user(user), repetition: .allowed, receipt: receipt) { store in
            let (locked, _) = try await lock(user, through: session, in: store, at: now)
            guard locked.hasSecondFactor else { throw AuthError.notFound }
            try await store.secondFactors.replaceRecoveryCodes(
                of: user, with: codes.map { $0.hash(for: user) }, at: now)
            let notice = notice(.recoveryCodesReplaced, to: locked, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(replaced)
            return codes
        }
    }

    /// A change after which sign-ins ask for more or less than before.
    private func changingSecondFactor(
        of principal: Principal, to isEnabled: Bool, action: AuditAction, origin: RequestOrigin,
        receipt: Receipt<Void>?,
        _ change: @Sendable (ID<User>, any Store, Timestamp) async throws -> Void
    ) async throws {
        let (id, session, now) = (principal.user.id, try principal.requireSession(), time.now())
        let changed = audit(by: principal, origin: origin, at: now).event(user: id, action)
        try await database.transaction(.user(id), repetition: .allowed, receipt: receipt) { store in
            var (user, _) = try await lock(id, through: session, in: store, at: now)
            // What was only started is not on, so it is not switched off.
            if !isEnabled && !user.hasSecondFactor { throw AuthError.notFound }
            try await change(id, store, now)
            user.hasSecondFactor = isEnabled
            user.updatedAt = now
            _ = try await store.users.update(user)
            try await endAccess(of: id, except: session.id, reason: .secondFactorChanged, in: store, at: now)
            let notice = notice(isEnabled ? .secondFactorEnabled : .secondFactorDisabled, to: user, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(changed)
        }
    }

    /// - Throws: ``MasterKeys/SealProblem`` for a secret whose master key is gone.
    func secret(of authenticator: Authenticator, user: ID<User>) throws -> TOTPSecret {
        let bytes = try keys.open(authenticator.sealedSecret, context: Self.sealContext(of: user))
        guard let secret = TOTPSecret(bytes) else { throw MasterKeys.SealProblem.malformed }
        return secret
    }

    /// Binds the sealed secret to its person.
    static func sealContext(of user: ID<User>) -> String { "totp/\(user)" }
}

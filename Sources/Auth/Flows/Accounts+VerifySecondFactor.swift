public import Core
public import Persistence

extension Accounts {
    /// Ends a sign-in that asked for a second factor.
    ///
    /// Tries are counted before the answer is looked at: five for one sign-in, and over all factors and sign-ins of an
    /// account as passwords are, so that nobody who knows the password tries codes without end. A right answer works once,
    /// and so does the token.
    /// - Parameters:
    ///   - token: Of ``SecondFactorRequest``.
    ///   - pendingLink: As ``SignInDevice/pendingLink``.
    /// - Throws: ``AuthError/invalidCode``; ``AuthError/challengeExpired`` where the sign-in must begin anew;
    ///   ``AuthError/throttled(retryAfter:)``; ``AuthError/accountSuspended``.
    public func verifySecondFactor(
        _ answer: SecondFactorAnswer, token: String, pendingLink: String? = nil, origin: RequestOrigin,
        receipt: Receipt<SignInResult>? = nil
    ) async throws -> SignInResult {
        let challenge = try firstFactor(in: token, at: time.now())
        let first = challenge.content
        let device = first.device.flatMap { DeviceToken($0) }
        let counted = try await countCode(of: first.user, origin: origin)
        do {
            guard try await throttle.reserve(.codeTries, key: HexDigits.encode(challenge.hash)) == .allowed
            else { throw AuthError.challengeExpired }
            // Whoever comes this far knows two factors: the person is told each time.
            let entry = SignInEntry(
                method: answer.method, deviceName: first.deviceName, device: device, origin: origin,
                pendingLink: pendingLink, mayMail: true)
            let result = try await enter(by: answer, to: challenge, entry, receipt: receipt)
            try await forgiveTries(counted)
            return result
        } catch {
            // No code was looked at: it is no failure.
            if error as? AuthError == .challengeExpired { try await returnTry(counted) }
            throw error
        }
    }

    private func enter(
        by answer: SecondFactorAnswer, to challenge: Challenges.Opened<FirstFactor>, _ entry: SignInEntry,
        receipt: Receipt<SignInResult>?
    ) async throws -> SignInResult {
        let first = challenge.content
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            let now = time.now()
            guard let (user, passwordHash) = try await store.users.findLocked(first.user), user.hasSecondFactor,
                first.isOf(user, passwordHash: passwordHash), try await challenge.spend(in: store)
            else { throw AuthError.challengeExpired }
            try requireSignInAllowed(user, at: now)
            try await use(answer, of: user, origin: entry.origin, in: store, at: now)
            return try await openSession(of: user, by: entry, in: store, at: now)
        }
    }

    /// Counts a try of a code, on whatever device: who knew the password once may have marks of many.
    func countCode(of user: ID<User>, origin: RequestOrigin) async throws -> CountedTry {
        try await countTry("second-factor:\(user)", origin: origin)
    }

    /// Uses an answer up, in a unit of work.
    /// - Parameter isAlone: Whether nothing else was shown: then a passkey must have been opened by something one knows or is.
    /// - Throws: ``AuthError/invalidCode``.
    func use(
        _ answer: SecondFactorAnswer, of user: User, isAlone: Bool = false, origin: RequestOrigin,
        in store: any Store, at now: Timestamp
    ) async throws {
        switch answer {
        case .code(let text):
            guard let code = TOTPCode(text),
                let authenticator = try await store.secondFactors.authenticator(of: user.id),
                authenticator.confirmedAt != nil
            else { throw AuthError.invalidCode }
            let step = TOTP.verify(
                code, secret: try secret(of: authenticator, user: user.id), at: now, lastStep: authenticator.lastStep)
            guard let step, try await store.secondFactors.useCode(of: user.id, step: step)
            else { throw AuthError.invalidCode }
        case .passkey(let assertion):
            do {
                let use = try await usePasskey(assertion, mustVerifyUser: isAlone, in: store, at: now)
                guard use.passkey.userID == user.id else { throw AuthError.invalidCode }
            } catch AuthError.invalidCredentials {
                throw AuthError.invalidCode
            }
        case .recoveryCode(let text):
            guard let code = RecoveryCode(text),
                try await store.secondFactors.useRecoveryCode(of: user.id, hash: code.hash(for: user.id))
            else { throw AuthError.invalidCode }
            let notice = notice(.recoveryCodeUsed, to: user, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(
                audit(by: .signingIn(user.id), owner: user.id, origin: origin, at: now).event(
                    user: user.id, .recoveryCodeUsed))
        }
    }
}

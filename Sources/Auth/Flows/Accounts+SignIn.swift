public import Core
public import Persistence

extension Accounts {
    /// Signs a person in by address and password.
    ///
    /// The try is counted before the password is looked at, so that a burst of tries gets no further than one after
    /// another would. Whether the address has an account shows neither in the answer nor in the work. An account on its
    /// way to deletion gets a session that can do little (``Principal/isPendingDeletion``).
    /// - Throws: ``AuthError/invalidCredentials`` for every wrong pair; ``AuthError/throttled(retryAfter:)``;
    ///   ``AuthError/overloaded(retryAfter:)``; after a right password ``AuthError/emailNotVerified`` and
    ///   ``AuthError/accountSuspended``.
    public func signIn(
        _ email: EmailAddress, password: String, on device: SignInDevice = .unknown, origin: RequestOrigin,
        receipt: Receipt<SignInOutcome>? = nil
    ) async throws -> SignInOutcome {
        let account = try await database.scoped(.system).users.findForSignIn(emailKey: email.key)
        let mark = account.flatMap { device.mark(of: $0.user.id, keys: keys) }
        let counted = try await countTry(of: email, on: mark, origin: origin)
        let check: PasswordCheck
        do {
            check = try await verify(password, against: account?.passwordHash)
        } catch {
            try await returnTry(counted)
            throw error
        }
        guard case .right(let needsRehash) = check, let account, let stored = account.passwordHash else {
            throw AuthError.invalidCredentials
        }
        try await forgiveTries(counted)
        let entry = SignInEntry(
            method: .password, deviceName: device.name, device: mark, origin: origin,
            pendingLink: device.pendingLink, mayMail: try await mayMailOfSignIn(of: account.user, on: mark))
        let right = RightPassword(user: account.user.id, password: password, stored: stored, needsRehash: needsRehash)
        do {
            return try await enter(by: right, entry, receipt: receipt)
        } catch is RightPassword.Replaced {
            // By another sign-in, to today's parameters; or it is that of another password, and this one is wrong.
            let newer = try await lookedAtAgain(right, of: email)
            do {
                return try await enter(by: newer, entry, receipt: receipt)
            } catch is RightPassword.Replaced {
                throw AuthError.invalidCredentials
            }
        }
    }

    private func enter(
        by right: RightPassword, _ entry: SignInEntry, receipt: Receipt<SignInOutcome>?
    ) async throws -> SignInOutcome {
        let rehashed = right.needsRehash ? try? await hash(right.password) : nil
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            // A change of password comes before, or after: then it ends this session with the others.
            guard let (user, current) = try await store.users.findLocked(right.user)
            else { throw AuthError.invalidCredentials }
            guard current == right.stored else { throw RightPassword.Replaced() }
            if let rehashed { try await store.users.setPasswordHash(of: user.id, to: rehashed) }
            return try await admit(user, passwordHash: rehashed ?? current, by: entry, in: store, at: time.now())
        }
    }

    private func lookedAtAgain(_ right: RightPassword, of email: EmailAddress) async throws -> RightPassword {
        let account = try await database.scoped(.system).users.findForSignIn(emailKey: email.key)
        guard let account, account.user.id == right.user, let stored = account.passwordHash,
            case .right(let needsRehash) = try await verify(right.password, against: stored)
        else { throw AuthError.invalidCredentials }
        return RightPassword(user: right.user, password: right.password, stored: stored, needsRehash: needsRehash)
    }
}

/// A password, and the PHC string that it was found right against.
private struct RightPassword {
    /// Another PHC string is stored by now.
    struct Replaced: Error {}

    let user: ID<User>
    let password: String
    let stored: String
    let needsRehash: Bool
}

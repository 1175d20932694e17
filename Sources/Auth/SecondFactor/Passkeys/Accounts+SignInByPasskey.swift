public import Core
public import Persistence

extension Accounts {
    /// Asks for the use of any passkey: whose it is, it tells itself. Costs no query and names nobody.
    /// - Throws: ``AuthError/passkeysUnavailable``.
    public func startPasskeyUse() throws -> PasskeyRequest {
        PasskeyRequest(
            challenge: try challenges.seal(
                PasskeyUsage(), for: .passkeyUse, until: time.now() + Self.passkeyLifetime),
            relyingParty: try relyingParty(), timeout: Self.passkeyLifetime)
    }

    /// Signs in the person of a passkey, which stands for both factors: it is something one has, opened by something one
    /// knows or is.
    /// - Throws: ``AuthError/invalidCredentials`` for one that is unknown or proves nothing;
    ///   ``AuthError/challengeExpired``; ``AuthError/throttled(retryAfter:)``; ``AuthError/emailNotVerified``,
    ///   ``AuthError/accountSuspended``; ``AuthError/passkeysUnavailable``.
    public func signIn(
        by assertion: PasskeyAssertion, on device: SignInDevice = .unknown, origin: RequestOrigin,
        receipt: Receipt<SignInOutcome>? = nil
    ) async throws -> SignInOutcome {
        let counted = try await countTry(
            "passkey:\(HexDigits.encode(assertion.credentialID))", origin: origin)
        do {
            let outcome = try await enter(by: assertion, on: device, origin: origin, receipt: receipt)
            try await forgiveTries(counted)
            return outcome
        } catch AuthError.challengeExpired {
            // Nothing was tried.
            try await returnTry(counted)
            throw AuthError.challengeExpired
        }
    }

    private func enter(
        by assertion: PasskeyAssertion, on device: SignInDevice, origin: RequestOrigin,
        receipt: Receipt<SignInOutcome>?
    ) async throws -> SignInOutcome {
        // Where no particular passkey was asked for, it must tell whose it is (section 7.2, step 6).
        guard assertion.userHandle != nil else { throw AuthError.invalidCredentials }
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            let now = time.now()
            let use = try await usePasskey(assertion, mustVerifyUser: true, in: store, at: now)
            let entry = SignInEntry(
                method: .passkey, deviceName: device.name, device: device.mark(of: use.user.id, keys: keys),
                origin: origin, pendingLink: device.pendingLink, mayMail: false)
            return try await admit(use.user, passwordHash: use.passwordHash, by: entry, in: store, at: now)
        }
    }

    /// What a passkey proved in a unit of work.
    struct ProvenPasskey {
        let passkey: Passkey
        /// Locked.
        let user: User
        let passwordHash: String?
    }

    /// Checks the use of a passkey, and notes it.
    /// - Throws: ``AuthError/invalidCredentials``, ``AuthError/challengeExpired``.
    func usePasskey(
        _ assertion: PasskeyAssertion, mustVerifyUser: Bool, in store: any Store, at now: Timestamp
    ) async throws -> ProvenPasskey {
        let challenge: Challenges.Opened<PasskeyUsage>
        do {
            challenge = try opened(
                { () throws(PasskeyProblem) in try assertion.challenge() }, .passkeyUse, at: now)
        } catch .passkeyRejected {
            throw AuthError.invalidCredentials
        }
        guard let found = try await store.passkeys.find(credentialID: assertion.credentialID),
            let (user, passwordHash) = try await store.users.findLocked(found.userID),
            // As it is now that nobody else can use it.
            let passkey = try await store.passkeys.find(credentialID: assertion.credentialID)
        else { throw AuthError.invalidCredentials }
        let use = try verified(assertion, against: passkey, mustVerifyUser: mustVerifyUser)
        guard try await challenge.spend(in: store) else { throw AuthError.challengeExpired }
        guard
            try await store.passkeys.use(
                passkey.id, signCount: use.signCount, isBackedUp: use.isBackedUp, at: now)
        else { throw AuthError.invalidCredentials }
        return ProvenPasskey(passkey: passkey, user: user, passwordHash: passwordHash)
    }

    private func verified(
        _ assertion: PasskeyAssertion, against passkey: Passkey, mustVerifyUser: Bool
    ) throws(AuthError) -> PasskeyUse {
        let site = try relyingParty()
        do throws(PasskeyProblem) {
            let stored = StoredPasskey(
                publicKey: try PasskeyPublicKey(passkey.publicKey), userHandle: passkey.userID.bytes,
                signCount: passkey.signCount, isBackupEligible: passkey.isBackupEligible)
            return try assertion.verify(
                against: stored, relyingParty: site, challenge: try assertion.challenge(),
                requiresUserVerification: mustVerifyUser)
        } catch {
            throw .invalidCredentials
        }
    }
}

/// The use of a passkey that is under way; says nothing of whose.
struct PasskeyUsage: Codable, Sendable {}

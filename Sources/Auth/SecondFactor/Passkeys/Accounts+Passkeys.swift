public import Core
public import Persistence

/// What a browser needs to make a passkey (WebAuthn, section 5.4).
public struct PasskeyCreation: Sendable {
    /// Base64url, as it comes back.
    public let challenge: String
    public let relyingParty: RelyingParty
    public let user: User
    /// What the authenticator remembers the person by.
    public let userHandle: [UInt8]
    /// Those the person has: no authenticator takes two.
    public let existing: [Passkey]
    public let timeout: Duration
}

/// What a browser needs to use a passkey (WebAuthn, section 5.5).
public struct PasskeyRequest: Sendable {
    /// Base64url, as it comes back.
    public let challenge: String
    public let relyingParty: RelyingParty
    public let timeout: Duration
}

extension Accounts {
    /// How long an authenticator may take.
    static let passkeyLifetime: Duration = .minutes(5)
    /// Passkeys that a person may have.
    public static let mostPasskeys = 20

    /// The person's passkeys, latest first.
    /// - Throws: ``AuthError/accountPendingDeletion``.
    public func listPasskeys(of principal: Principal) async throws -> [Passkey] {
        try principal.requireActive()
        return try await database.scoped(.user(principal.user.id)).passkeys.list(of: principal.user.id)
    }

    /// Asks for a new passkey.
    /// - Throws: ``AuthError/passkeysUnavailable``, ``AuthError/reauthenticationRequired``,
    ///   ``AuthError/accountPendingDeletion``.
    public func startPasskey(of principal: Principal) async throws -> PasskeyCreation {
        try principal.requireFresh(at: time.now())
        let (user, site) = (principal.user, try relyingParty())
        let existing = try await database.scoped(.user(user.id)).passkeys.list(of: user.id)
        return PasskeyCreation(
            challenge: try challenges.seal(
                PasskeyOwner(user: user.id), for: .passkeyRegistration, until: time.now() + Self.passkeyLifetime),
            relyingParty: site, user: user, userHandle: user.id.bytes, existing: existing,
            timeout: Self.passkeyLifetime)
    }

    /// Keeps a passkey that was made. The session it is asked through lives on, all others end.
    /// - Parameter name: 1 to 100 characters on one line.
    /// - Throws: ``AuthError/passkeyRejected``, also for one that somebody has already; ``AuthError/tooManyPasskeys``;
    ///   ``AuthError/challengeExpired``; as ``startPasskey(of:)``.
    public func addPasskey(
        _ registration: PasskeyRegistration, name: String, of principal: Principal, origin: RequestOrigin,
        receipt: Receipt<Passkey>? = nil
    ) async throws -> Passkey {
        let session = try principal.requireFresh(at: time.now())
        let (user, now) = (principal.user, time.now())
        let challenge: Challenges.Opened<PasskeyOwner> = try opened(
            { () throws(PasskeyProblem) in try registration.challenge() }, .passkeyRegistration, at: now)
        guard challenge.content.user == user.id else { throw AuthError.challengeExpired }
        let new = try verified(registration)
        let passkey = Passkey(
            id: .make(at: now, randomness: randomness), userID: user.id, name: name, credentialID: new.credentialID,
            publicKey: new.publicKey.bytes, signCount: new.signCount, isBackupEligible: new.isBackupEligible,
            isBackedUp: new.isBackedUp, transports: new.transports, aaguid: new.aaguid, createdAt: now)
        let added = audit(by: principal, origin: origin, at: now)
            .event(.passkeyAdded, on: "passkey", passkey.id, personal: ["name": name])
        let notice = notice(.passkeyAdded, to: user, at: now)
        // In the system's scope: whether somebody else has it shows only there.
        return try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
            _ = try await lock(user.id, through: session, in: store, at: now)
            guard try await challenge.spend(in: store) else { throw AuthError.challengeExpired }
            guard try await store.passkeys.list(of: user.id).count < Self.mostPasskeys
            else { throw AuthError.tooManyPasskeys }
            guard try await store.passkeys.insert(passkey) else { throw AuthError.passkeyRejected }
            try await endAccess(of: user.id, except: session.id, reason: .secondFactorChanged, in: store, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(added)
            return passkey
        }
    }

    /// Takes a passkey away. All other sessions end.
    /// - Throws: ``AuthError/notFound``; ``AuthError/lastCredential`` when there would be nothing left to sign in with;
    ///   ``AuthError/reauthenticationRequired``, ``AuthError/accountPendingDeletion``.
    public func removePasskey(_ id: ID<Passkey>, of principal: Principal, origin: RequestOrigin) async throws {
        let session = try principal.requireFresh(at: time.now())
        let (user, now) = (principal.user.id, time.now())
        let removed = audit(by: principal, origin: origin, at: now).event(.passkeyRemoved, on: "passkey", id)
        try await database.transaction(.user(user), repetition: .allowed) { store in
            let (locked, passwordHash) = try await lock(user, through: session, in: store, at: now)
            guard try await store.passkeys.remove(id, of: user) else { throw AuthError.notFound }
            try await requireCredential(of: user, passwordHash: passwordHash, in: store)
            try await endAccess(of: user, except: session.id, reason: .secondFactorChanged, in: store, at: now)
            let notice = notice(.passkeyRemoved, to: locked, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(removed)
        }
    }

    /// Whether people can sign in with passkeys here.
    public var offersPasskeys: Bool { configuration.relyingParty != nil }

    /// The site that passkeys are made for.
    func relyingParty() throws(AuthError) -> RelyingParty {
        guard let site = configuration.relyingParty else { throw .passkeysUnavailable }
        return site
    }

    /// The challenge that a ceremony answers, if it is one of ours that was handed out for it.
    /// - Throws: ``AuthError/challengeExpired``, ``AuthError/passkeyRejected``.
    func opened<Content: Decodable & Sendable>(
        _ challenge: () throws(PasskeyProblem) -> [UInt8], _ purpose: Challenges.Purpose, at now: Timestamp
    ) throws(AuthError) -> Challenges.Opened<Content> {
        let bytes: [UInt8]
        do throws(PasskeyProblem) {
            bytes = try challenge()
        } catch {
            throw .passkeyRejected
        }
        do {
            return try challenges.open(Base64URL.encode(bytes), for: purpose, at: now)
        } catch {
            throw .challengeExpired
        }
    }

    private func verified(_ registration: PasskeyRegistration) throws(AuthError) -> NewPasskey {
        let site = try relyingParty()
        do throws(PasskeyProblem) {
            // That the challenge is ours was seen before.
            return try registration.verify(
                relyingParty: site, challenge: try registration.challenge(), requiresUserVerification: true)
        } catch {
            throw .passkeyRejected
        }
    }
}

/// Who is to make a passkey.
struct PasskeyOwner: Codable, Sendable {
    let user: ID<User>
}

import Core
import Persistence

extension Accounts {
    /// Signs in whom a provider vouches for.
    ///
    /// Issuer and subject say who it is. Only where they are new does the address matter, and only one that the provider
    /// has verified:
    /// - an account that has it, proven: its person signs in first, and the two are linked by that;
    /// - an account that has it and never proved it: whoever opened it may have been a stranger waiting for the mailbox's
    ///   owner, who is here now; password, sessions, keys and links go, and the account is the owner's;
    /// - no account: one is opened.
    func signIn(
        _ identity: OpenIDIdentity, provider: String, spending challenge: Challenges.Opened<OpenIDAttempt>,
        on device: SignInDevice, origin: RequestOrigin
    ) async throws -> OpenIDOutcome {
        try await retryingOnce {
            try await database.transaction(.system, repetition: .allowed) { store in
                let now = time.now()
                guard try await challenge.spend(in: store) else { throw AuthError.challengeExpired }
                return try await signIn(identity, provider: provider, on: device, origin: origin, in: store, at: now)
            }
        }
    }

    /// Whether somebody signs in with the account at a provider already, so that its address does not matter.
    func isLinked(_ identity: OpenIDIdentity) async throws -> Bool {
        try await database.scoped(.system).identities.find(issuer: identity.issuer, subject: identity.subject) != nil
    }

    /// Whoever else opens the account, or links it, at the same time has done it now.
    private func retryingOnce<Output>(_ body: () async throws -> Output) async throws -> Output {
        do {
            return try await body()
        } catch DatabaseError.duplicate(.userEmail) {
            return try await body()
        }
    }

    private func signIn(
        _ identity: OpenIDIdentity, provider: String, on device: SignInDevice, origin: RequestOrigin,
        in store: any Store, at now: Timestamp
    ) async throws -> OpenIDOutcome {
        func enter(_ user: User, _ passwordHash: String?) async throws -> OpenIDOutcome {
            let entry = SignInEntry(
                method: .provider, deviceName: device.name, device: device.mark(of: user.id, keys: keys),
                origin: origin, mayMail: false)
            return .signedIn(try await admit(user, passwordHash: passwordHash, by: entry, in: store, at: now))
        }
        if let known = try await store.identities.find(issuer: identity.issuer, subject: identity.subject),
            let (user, passwordHash) = try await store.users.findLocked(known.userID),
            // As it is now that nobody else can unlink it.
            try await store.identities.find(issuer: identity.issuer, subject: identity.subject) == known
        {
            // Who is known already may not have been asked for the address.
            try await store.identities.touch(known.id, email: identity.email?.text ?? known.email, at: now)
            return try await enter(user, passwordHash)
        }
        guard let email = identity.email, identity.isEmailVerified else { throw AuthError.emailNotVerified }
        guard let found = try await store.users.find(emailKey: email.key),
            let (user, _) = try await store.users.findLocked(found.id)
        else {
            let user = try await open(identity, email: email, origin: origin, in: store, at: now)
            try await link(pendingLink(identity, provider, to: user), to: user, origin: origin, in: store, at: now)
            return try await enter(user, nil)
        }
        let pending = pendingLink(identity, provider, to: user)
        guard user.emailVerifiedAt == nil else {
            return .signInToLink(try challenges.seal(pending, for: .linking, until: now + PendingLink.lifetime))
        }
        let emptied = try await expelStrangers(from: user, in: store, at: now)
        let proven = try await prove(emptied, origin: origin, in: store, at: now)
        try await link(pending, to: proven, origin: origin, in: store, at: now)
        return try await enter(proven, nil)
    }

    private func pendingLink(_ identity: OpenIDIdentity, _ provider: String, to user: User) -> PendingLink {
        PendingLink(
            user: user.id, provider: provider, issuer: identity.issuer, subject: identity.subject,
            email: identity.email?.text)
    }

    /// Opens an account without a password for a person whose address a provider vouches for.
    private func open(
        _ identity: OpenIDIdentity, email: EmailAddress, origin: RequestOrigin, in store: any Store, at now: Timestamp
    ) async throws -> User {
        let (first, last) = identity.names(or: email)
        let registration = Registration(
            email: email, firstName: first, lastName: last,
            language: identity.locale.map { Language(acceptLanguage: $0.replacing("_", with: "-")) } ?? .english)
        var user = registration.user(id: .make(at: now, randomness: randomness), at: now)
        user.emailVerifiedAt = now
        try await store.users.insert(user, passwordHash: nil)
        try await store.auditLog.record(
            audit(by: .nobody, owner: user.id, origin: origin, at: now)
                .event(user: user.id, .userRegistered, changes: ["language": user.language.rawValue]))
        return user
    }
}

extension OpenIDIdentity {
    /// Stands for a name that nobody told.
    private static let noName = PersonName(stored: "–")

    /// First and last name, as far as they were told; the person can change both.
    fileprivate func names(or email: EmailAddress) -> (first: PersonName, last: PersonName) {
        if let givenName { return (givenName, familyName ?? Self.noName) }
        let words = name?.text.split(separator: " ", maxSplits: 1).map(String.init) ?? []
        if let first = words.first.flatMap({ PersonName($0) }) {
            return (first, words.dropFirst().first.flatMap { PersonName($0) } ?? familyName ?? Self.noName)
        }
        let mailbox = email.text.prefix { $0 != "@" }
        return (PersonName(String(mailbox)) ?? Self.noName, familyName ?? Self.noName)
    }
}

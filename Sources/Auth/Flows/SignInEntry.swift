import Core
import Crypto
import Persistence

/// A factor that was right, and the device it was given on.
struct SignInEntry: Sendable {
    let method: SignInMethod
    /// What the person calls the device.
    let deviceName: String?
    /// What the device is known by already; nil for a new one.
    let device: DeviceToken?
    let origin: RequestOrigin
    /// An account at a provider that is linked once the person is signed in.
    var pendingLink: String?
    /// Whether a mail may tell of a new device.
    let mayMail: Bool
}

extension Accounts {
    /// Sessions looked at for one of the person's own; so many administrators don't act as one person at once.
    private static let sessionsLookedAt = 20

    /// Opens a session for the person of a locked account, or asks for the second factor first.
    /// - Parameter passwordHash: As stored: a change of it ends what is asked for.
    func admit(
        _ user: User, passwordHash: String?, by entry: SignInEntry, in store: any Store, at now: Timestamp
    ) async throws -> SignInOutcome {
        try requireSignInAllowed(user, at: now)
        guard !user.hasSecondFactor || entry.method == .passkey else {
            return .secondFactorRequired(
                try await secondFactorRequest(of: user, passwordHash: passwordHash, after: entry, in: store, at: now))
        }
        return .signedIn(try await openSession(of: user, by: entry, in: store, at: now))
    }

    /// Stores a session and leaves its audit row; tells the person of a new device.
    func openSession(
        of user: User, by entry: SignInEntry, in store: any Store, at now: Timestamp
    ) async throws -> SignInResult {
        let user = try await leavingReset(user, by: entry.method, in: store, at: now)
        let start = try startSession(
            of: user.id, deviceName: entry.deviceName, origin: entry.origin, at: now)
        // The first device of an account is no news, nor is one that was here before.
        if entry.device == nil, try await hasDevice(user, at: now, in: store) {
            let notice = notice(.newSignIn, to: user, at: now)
            try await notice.send(mail: entry.mayMail ? notice.mail() : nil, in: store)
        }
        try await store.sessions.insert(start.session, refresh: start.refresh)
        try await store.auditLog.record(
            audit(by: .signingIn(user.id), owner: user.id, origin: entry.origin, at: now)
                .event(session: start.session.id, .sessionCreated, changes: ["method": entry.method.rawValue]))
        if let pending = entry.pendingLink, user.isActive {
            try await link(pending, to: user, origin: entry.origin, in: store, at: now)
        }
        return start.result(for: user, on: entry.device ?? markDevice(of: user.id))
    }

    /// Whether a mail may tell of a sign-in that opens a session on a new device; if so, it is counted.
    func mayMailOfSignIn(of user: User, on device: DeviceToken?) async throws -> Bool {
        guard device == nil, !user.hasSecondFactor else { return false }
        return try await reserveMail(.newSignIn, to: user.email)
    }

    /// Whether the person is signed in anywhere; an administrator who acts in the person's name is none of it.
    private func hasDevice(_ user: User, at now: Timestamp, in store: any Store) async throws -> Bool {
        let page = PageRequest(limit: Self.sessionsLookedAt)
        return try await store.sessions.list(of: user.id, liveAt: now, page: page).items
            .contains { $0.impersonatorID == nil }
    }

    func requireSignInAllowed(_ user: User, at now: Timestamp) throws(AuthError) {
        if user.suspendedAt != nil { throw .accountSuspended }
        if configuration.requiresVerifiedEmail && user.emailVerifiedAt == nil { throw .emailNotVerified }
        if let purgeAt = user.purgeAt, purgeAt <= now { throw .invalidCredentials }
    }
}

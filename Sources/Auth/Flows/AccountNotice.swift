package import Core
package import Persistence

/// What a person is told about the own account, or their part in a team: in the application and by mail, as they chose.
package struct AccountNotice {
    /// The team that a notice is about.
    package struct TeamMention {
        /// As it may stand in a mail; empty where it may not.
        let name: String
        /// Where more is found, below the base URL.
        let path: String

        package init(name: String, path: String) {
            self.name = name
            self.path = path
        }
    }

    private static let sessionsPath = "/settings/sessions"
    private static let signInPath = "/login"
    private static let accountPath = "/settings/account"
    /// Where people choose how they are reached.
    private static let choicesPath = "/settings/notifications"

    let kind: NotificationKind
    let user: User
    let time: Timestamp
    let randomness: Randomness
    let team: TeamMention?

    package init(
        kind: NotificationKind, user: User, team: TeamMention? = nil, time: Timestamp, randomness: Randomness
    ) {
        self.kind = kind
        self.user = user
        self.team = team
        self.time = time
        self.randomness = randomness
    }

    /// Tells it through every channel that is open for it.
    package func send(in store: any Store) async throws {
        try await send(mail: kind == .teamInvitation ? nil : mail(), in: store)
    }

    /// Shows it in the application, and mails it where that may be, as the person chose.
    func send(mail: Job?, in store: any Store) async throws {
        let channels = try await store.notifications.channels(for: kind, of: user.id)
        if channels.contains(.inApp) { try await store.notifications.insert(notification) }
        if let mail, channels.contains(.mail) { try await store.jobs.enqueue(mail) }
    }

    private var notification: UserNotification {
        let (title, body) = kind.words(in: user.language, team: team?.name ?? "")
        return UserNotification(
            id: .make(at: time, randomness: randomness), userID: user.id, kind: kind, title: title, body: body,
            path: isAboutAccess ? nil : path, createdAt: time)
    }

    /// The job of the mail that tells it.
    func mail() throws -> Job {
        let mail = OutgoingMail(
            kind: mailKind, to: user.email.text, userID: user.id, language: user.language,
            path: isAboutAccess ? Self.signInPath : path, values: values,
            unsubscribePath: kind.mandatory.contains(.mail) ? nil : Self.choicesPath)
        return try Job(mail, id: .make(at: time, randomness: randomness), at: time)
    }

    /// Whether the account was closed or opened, of which its devices tell nothing.
    private var isAboutAccess: Bool { kind == .accountSuspended || kind == .accountReactivated }

    private var mailKind: MailKind {
        switch kind {
        case .deviceSignedOut: .refreshTokenReused
        case .newSignIn: .newSignIn
        case .passwordChanged: .passwordChanged
        case .secondFactorEnabled: .secondFactorEnabled
        case .secondFactorDisabled: .secondFactorDisabled
        case .recoveryCodeUsed: .recoveryCodeUsed
        case .recoveryCodesReplaced: .recoveryCodesReplaced
        case .apiKeyCreated: .apiKeyCreated
        case .identityLinked: .identityLinked
        case .identityUnlinked: .identityUnlinked
        case .passkeyAdded: .passkeyAdded
        case .accountSuspended: .accountSuspended
        case .accountReactivated: .accountReactivated
        case .passkeyRemoved: .passkeyRemoved
        case .superuserGranted: .superuserGranted
        case .superuserRevoked: .superuserRevoked
        case .secondFactorReset: .secondFactorReset
        case .sessionsEnded: .sessionsEnded
        case .deletionScheduled: .deletionScheduled
        case .deletionRequested: .deletionRequested
        case .accountRestored: .accountRestored
        case .exportReady: .exportReady
        case .removedFromTeam: .removedFromTeam
        case .teamRoleChanged: .teamRoleChanged
        case .teamOwnershipReceived: .teamOwnershipReceived
        case .teamOwnershipGiven: .teamOwnershipGiven
        case .teamInvitation: .invitation
        case .webhookPaused: .webhookPaused
        }
    }

    private var path: String {
        if let team { return team.path }
        return switch kind {
        case .deletionRequested, .deletionScheduled, .accountRestored, .exportReady: Self.accountPath
        default: Self.sessionsPath
        }
    }

    private var values: [String: String] {
        if let team { return ["team": team.name] }
        return switch kind {
        // To the minute: `2026-01-31T12:00`.
        case .newSignIn: ["time": time.description.prefix(16).replacing("T", with: " ") + " UTC"]
        case .deletionRequested, .deletionScheduled: ["date": String(user.purgeAt?.description.prefix(10) ?? "")]
        case .exportReady: ["days": String(Lifetimes.exportArchive.components.seconds / 86_400)]
        default: [:]
        }
    }
}

extension Accounts {
    func notice(_ kind: NotificationKind, to user: User, at now: Timestamp) -> AccountNotice {
        AccountNotice(kind: kind, user: user, time: now, randomness: randomness)
    }
}

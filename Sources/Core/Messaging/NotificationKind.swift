/// What a person is notified of. The raw values are part of stored rows and of the API.
public enum NotificationKind: String, Sendable, Codable, CaseIterable {
    /// A session was ended because a credential of it was used twice.
    case deviceSignedOut = "device_signed_out"
    /// Somebody signed in on a device that was not known.
    case newSignIn = "new_sign_in"
    /// The password was changed or reset.
    case passwordChanged = "password_changed"
    /// Sign-ins ask for a second factor from now on.
    case secondFactorEnabled = "second_factor_enabled"
    /// Sign-ins no longer ask for a second factor.
    case secondFactorDisabled = "second_factor_disabled"
    /// A recovery code stood for the second factor.
    case recoveryCodeUsed = "recovery_code_used"
    /// The recovery codes were replaced, and those so far are good no more.
    case recoveryCodesReplaced = "recovery_codes_replaced"
    /// A key was made by which programs act for the person.
    case apiKeyCreated = "api_key_created"
    /// An account at a provider was linked, which signs in from then on.
    case identityLinked = "identity_linked"
    /// An account at a provider was unlinked, and signs in no more.
    case identityUnlinked = "identity_unlinked"
    /// A passkey was added, which signs in from then on.
    case passkeyAdded = "passkey_added"
    /// An administrator closed the account.
    case accountSuspended = "account_suspended"
    /// An administrator opened the account again.
    case accountReactivated = "account_reactivated"
    /// A passkey was removed, and signs in no more.
    case passkeyRemoved = "passkey_removed"
    /// The person administers the installation from now on.
    case superuserGranted = "superuser_granted"
    /// The person no longer administers the installation.
    case superuserRevoked = "superuser_revoked"
    /// An administrator took the second factors away.
    case secondFactorReset = "second_factor_reset"
    /// An administrator signed the person out everywhere.
    case sessionsEnded = "sessions_ended"
    /// An administrator asked for the account to be deleted.
    case deletionScheduled = "deletion_scheduled"
    /// The account is to be deleted.
    case deletionRequested = "deletion_requested"
    /// The account is not to be deleted any more.
    case accountRestored = "account_restored"
    /// The archive of everything held about the person can be had.
    case exportReady = "export_ready"
    /// Somebody took the person out of a team.
    case removedFromTeam = "removed_from_team"
    /// Somebody gave the person another role in a team.
    case teamRoleChanged = "team_role_changed"
    /// The person is the primary owner of a team from now on.
    case teamOwnershipReceived = "team_ownership_received"
    /// The person is no longer the primary owner of a team.
    case teamOwnershipGiven = "team_ownership_given"
    /// A team invites the person, whose mail is the invitation itself.
    case teamInvitation = "team_invitation"
    /// An endpoint of a team that the person owns is paused: events are lost.
    case webhookPaused = "webhook_paused"

    /// The channels that nobody can close: what an account must not miss.
    public var mandatory: Set<NotificationChannel> {
        switch self {
        case .deviceSignedOut, .passwordChanged, .secondFactorEnabled, .secondFactorDisabled, .recoveryCodeUsed,
            .recoveryCodesReplaced, .apiKeyCreated, .identityLinked, .identityUnlinked, .passkeyAdded, .passkeyRemoved,
            .deletionRequested, .accountRestored, .exportReady, .accountSuspended, .accountReactivated,
            .superuserGranted, .superuserRevoked, .secondFactorReset, .sessionsEnded, .deletionScheduled,
            .removedFromTeam, .teamOwnershipReceived, .teamOwnershipGiven:
            [.mail]
        case .newSignIn, .teamRoleChanged, .teamInvitation, .webhookPaused: []
        }
    }

    /// The channels that are used until the person chooses others.
    public var standard: Set<NotificationChannel> {
        switch self {
        case .teamInvitation: [.inApp]
        default: [.mail, .inApp]
        }
    }
}

/// A way in which a notification reaches its person. The raw values are part of stored rows and of the API.
public enum NotificationChannel: String, Sendable, Codable, CaseIterable {
    case mail
    case inApp = "in_app"
}

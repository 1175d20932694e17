public import Core

/// The mails about accounts, beside the one that proves an address.
extension MailKind {
    /// Someone registered with an address that has an account.
    public static let alreadyRegistered = MailKind("already_registered")
    /// An administrator opened an account for the holder of the address, with a link to choose a password.
    public static let accountCreated = MailKind("account_created")
    /// A link to choose another password.
    public static let resetPassword = MailKind("reset_password")
    /// A link that signs in.
    public static let magicLink = MailKind("magic_link")
    /// Somebody is invited to a team, by a link that is good for joining it.
    public static let invitation = MailKind("invitation")
    /// A link that proves a domain of a team, to its postmaster.
    public static let verifyDomain = MailKind("verify_domain")
    /// A link that confirms a new address, mailed there.
    public static let changeEmail = MailKind("change_email")
    /// To the former address: another one took its place, with a link that brings it back.
    public static let emailChanged = MailKind("email_changed")
    /// The password was changed.
    public static let passwordChanged = MailKind("password_changed")
    /// Sign-ins ask for a second factor from now on.
    public static let secondFactorEnabled = MailKind("second_factor_enabled")
    /// Sign-ins no longer ask for a second factor.
    public static let secondFactorDisabled = MailKind("second_factor_disabled")
    /// A recovery code was used in place of the second factor.
    public static let recoveryCodeUsed = MailKind("recovery_code_used")
    /// The recovery codes were replaced, and those so far are good no more.
    public static let recoveryCodesReplaced = MailKind("recovery_codes_replaced")
    /// A key was made by which programs act for the person.
    public static let apiKeyCreated = MailKind("api_key_created")
    /// An account at a provider was linked, which signs in from then on.
    public static let identityLinked = MailKind("identity_linked")
    /// An account at a provider was unlinked, and signs in no more.
    public static let identityUnlinked = MailKind("identity_unlinked")
    /// A passkey was added, which signs in from then on.
    public static let passkeyAdded = MailKind("passkey_added")
    /// An administrator closed the account.
    public static let accountSuspended = MailKind("account_suspended")
    /// An administrator opened the account again.
    public static let accountReactivated = MailKind("account_reactivated")
    /// A passkey was removed, and signs in no more.
    public static let passkeyRemoved = MailKind("passkey_removed")
    /// The person administers the installation from now on.
    public static let superuserGranted = MailKind("superuser_granted")
    /// The person no longer administers the installation.
    public static let superuserRevoked = MailKind("superuser_revoked")
    /// An administrator took the second factors away.
    public static let secondFactorReset = MailKind("second_factor_reset")
    /// An administrator signed the person out everywhere.
    public static let sessionsEnded = MailKind("sessions_ended")
    /// An administrator asked for the account to be deleted.
    public static let deletionScheduled = MailKind("deletion_scheduled")
    /// The account is to be deleted.
    public static let deletionRequested = MailKind("deletion_requested")
    /// The account is not to be deleted any more.
    public static let accountRestored = MailKind("account_restored")
    /// The archive of everything held about the person can be had.
    public static let exportReady = MailKind("export_ready")
    /// Somebody took the person out of a team.
    public static let removedFromTeam = MailKind("removed_from_team")
    /// Somebody gave the person another role in a team.
    public static let teamRoleChanged = MailKind("team_role_changed")
    /// The person is the primary owner of a team from then on.
    public static let teamOwnershipReceived = MailKind("team_ownership_received")
    /// The person is no longer the primary owner of a team.
    public static let teamOwnershipGiven = MailKind("team_ownership_given")
    /// Nothing is delivered to an endpoint of the team any more.
    public static let webhookPaused = MailKind("webhook_paused")
    /// A session was ended because a used refresh token came again.
    public static let refreshTokenReused = MailKind("refresh_token_reused")
    /// A device that was not known signed in.
    public static let newSignIn = MailKind("new_sign_in")
}

/// Why an act of accounts was refused: one case for each code of the API.
public enum AuthError: Error, Equatable {
    /// No such pair of address and password, without saying which of them is wrong.
    case invalidCredentials
    /// The password was right, the address is not proven.
    case emailNotVerified
    /// An administrator closed the account.
    case accountSuspended
    /// The account is on its way to deletion: it may only be restored, exported or signed out of.
    case accountPendingDeletion
    /// The address has an account. Told only where verification is off, and to commands.
    case emailTaken
    case passwordRejected([PasswordProblem])
    /// Too many tries; the next one counts after the given time.
    case throttled(retryAfter: Duration)
    /// More passwords wait to be hashed than can be in good time.
    case overloaded(retryAfter: Duration)
    /// No refresh token of ours, or of a session that is gone.
    case refreshInvalid
    /// A refresh token came again that had been exchanged: its session has ended.
    case refreshReused
    case sessionExpired
    case sessionRevoked
    /// The access token names no session that could be used.
    case unauthenticated
    /// No mailed token of ours, or one used before.
    case invalidToken
    /// A mailed token past its time.
    case tokenExpired
    /// It takes a session in which a credential was given a moment ago.
    case reauthenticationRequired
    /// No code that works: wrong, past its time or used before.
    case invalidCode
    /// What was handed out between two steps of a sign-in is used, past its time or not for this account any more.
    case challengeExpired
    /// A second factor is set up already.
    case secondFactorEnabled
    /// The new address is the present one.
    case emailUnchanged
    /// It takes a session; an API key won't do.
    case sessionRequired
    /// Nobody does this in another's name: it concerns how the person gets in.
    case impersonating
    /// The person may not do this, or not to this account.
    case forbidden
    /// It takes an account whose sign-ins ask for a second factor.
    case secondFactorRequired
    /// The reason for an act of administration is missing, too long or not plain text.
    case reasonRejected
    /// The right of an administrator goes to no account that is closed or whose address was never proven.
    case notFitForRight
    /// The time at which something is to end is past.
    case expiryPassed
    /// The person has as many API keys as there may be.
    case tooManyAPIKeys
    /// The person has as many exports as there may be.
    case tooManyExports
    /// The installation has as many flags as there may be.
    case tooManyFlags
    /// The person is the only owner of a team.
    case soleOwner
    /// It is the last thing left to sign in with.
    case lastCredential
    /// The person has as many passkeys as there may be.
    case tooManyPasskeys
    /// A new passkey that is not what was asked for, or somebody's already.
    case passkeyRejected
    /// Browsers allow no passkeys at the address of this installation.
    case passkeysUnavailable
    /// The person or the provider ended a sign-in there.
    case signInDeclined
    /// The resource is no longer what the caller took it for (`If-Match`).
    case preconditionFailed
    /// Others kept changing the same resource at the same time.
    case versionConflict
    /// No such thing, or another person's.
    case notFound
}

public import Core

/// The mails about accounts, beside the one that proves an address.
extension MailKind {
    /// Someone registered with an address that has an account.
    public static let alreadyRegistered = MailKind("already_registered")
    /// A session was ended because a used refresh token came again.
    public static let refreshTokenReused = MailKind("refresh_token_reused")
    /// A device that was not known signed in.
    public static let newSignIn = MailKind("new_sign_in")
}

/// An endpoint that is asked by an unsafe method and leaves no row, with the reason.
struct UnauditedChange: Sendable {
    /// The id of the endpoint.
    let endpoint: String
    let reason: String

    private init(_ endpoint: String, _ reason: String) {
        self.endpoint = endpoint
        self.reason = reason
    }

    static let all = [
        UnauditedChange("refresh", "Goes on with a session; a token that comes again is in the log."),
        UnauditedChange("startPasskeySignIn", "Stores nothing: a challenge is sealed into itself."),
        UnauditedChange("startPasskey", "Stores nothing: a challenge is sealed into itself."),
        UnauditedChange("startTOTP", "Has no effect before the code confirms it, which is in the log."),
        UnauditedChange("markNotificationRead", "Concerns what a person has seen, no state of accounts or teams."),
        UnauditedChange("markAllNotificationsRead", "Concerns what a person has seen, no state of accounts or teams."),
        UnauditedChange("putNotificationPreferences", "Concerns what a person wants to hear, which may be any of it."),
        UnauditedChange("receiveSendGridEvents", "Notes what a provider reports of mails; nobody acts."),
        UnauditedChange("uploadObject", "Carries the bytes of what the maker of the link has in the log."),
    ]
}

/// The rules of accounts that an operator decides.
struct AccountConfiguration: Sendable {
    let requiresVerifiedEmail: Bool

    init(_ settings: Settings, isProduction: Bool, problems: inout [String]) {
        let choice = settings.text(.emailVerification)
        if isProduction, choice == "off" {
            problems.append(
                "PLINTH_EMAIL_VERIFICATION is off: production requires it, since without it anyone takes any address.")
        }
        requiresVerifiedEmail = choice.map { $0 != "off" } ?? isProduction
    }
}

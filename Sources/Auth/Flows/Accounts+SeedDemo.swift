public import Core
import Persistence

/// The account that a demonstration signs in to. Its password is public.
public enum DemoAccount {
    public static let email = EmailAddress(storedText: "demo@example.com", key: "demo@example.com")
    public static let password = "a demonstration for everyone"

    static let registration = Registration(
        email: email, firstName: PersonName(stored: "Dana"), lastName: PersonName(stored: "Demo"))
}

extension Accounts {
    /// Opens the demonstration's account unless it is there.
    /// - Returns: The account, and whether it was opened now.
    public func seedDemo() async throws -> (user: User, isNew: Bool) {
        let users = database.scoped(.system).users
        if let user = try await users.find(emailKey: DemoAccount.email.key) { return (user, false) }
        do {
            let user = try await openProven(
                DemoAccount.registration, password: DemoAccount.password, isSuperuser: false)
            return (user, true)
        } catch AuthError.emailTaken {
            guard let user = try await users.find(emailKey: DemoAccount.email.key) else { throw AuthError.emailTaken }
            return (user, false)
        }
    }
}

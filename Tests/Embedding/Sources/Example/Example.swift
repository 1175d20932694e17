import Auth
import Core
import Persistence
import PersistenceInMemory
import PlinthCore

/// Accounts inside another service: sign up, prove the address, sign in, refresh; and what happens to guessing.
@main
struct Example {
    static func main() async throws {
        let service = try await Service()
        let email = try EmailAddress(parsing: "ada@example.com")
        let origin = RequestOrigin(ip: "192.0.2.7", userAgent: "Example/1")

        guard let first = PersonName("Ada"), let last = PersonName("Lovelace") else { throw Unexpected.name }
        let registration = Registration(email: email, firstName: first, lastName: last)
        let password = "quartz lantern ferry"
        _ = try await service.accounts.register(registration, password: password, origin: origin)
        let mail = try await service.latestMail()
        print("Signed up. Mailed to \(mail.to.text): “\(mail.subject)”")

        guard let token = mail.links.first?.split(separator: "=").last else { throw Unexpected.mail }
        let user = try await service.accounts.verifyEmail(token: String(token), origin: origin)
        print("Address proven. \(Greeting(to: user.firstName.text))")

        guard
            case .signedIn(let signedIn) = try await service.accounts.signIn(email, password: password, origin: origin)
        else { throw Unexpected.session }
        let claims = try service.verifier.verify(signedIn.tokens.accessToken, now: service.time.now())
        let principal = try await service.accounts.authenticate(claims)
        print("Signed in. The access token is good for \(signedIn.tokens.accessTokenLifetime).")

        let refreshed = try await service.accounts.refreshSession(signedIn.tokens.refreshToken, origin: origin)
        guard try refreshed.session.id == principal.requireSession().id else { throw Unexpected.session }
        print("Refreshed. The same session goes on, with new tokens.")

        let elsewhere = RequestOrigin(ip: "203.0.113.9")
        for guess in 1...20 {
            do {
                _ = try await service.accounts.signIn(email, password: "guess \(guess)", origin: elsewhere)
                throw Unexpected.guess
            } catch AuthError.throttled(let retryAfter) {
                return print("Guessed \(guess - 1) times elsewhere. The next guess counts after \(retryAfter).")
            } catch AuthError.invalidCredentials {}
        }
        throw Unexpected.guess
    }

    enum Unexpected: Error { case name, mail, session, guess }
}

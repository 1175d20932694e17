import Core

/// What the acts need of ``Passwords``, so that a test can count and shorten the work.
protocol PasswordHashing: Sendable {
    func hash(_ password: String) async throws -> String
    func verify(_ password: String, against phc: String?) async throws -> PasswordCheck
}

extension Passwords: PasswordHashing {}

extension Accounts {
    /// When to come back after the machine ran out of memory for a hash.
    private static let retryAfterMemoryShortage: Duration = .seconds(2)

    /// Refuses a password that the policy does, whether or not the account exists.
    func requireAcceptable(
        _ password: String, for email: EmailAddress, names: [PersonName], hasSecondFactor: Bool = false
    ) throws(AuthError) {
        let context = [email.text, configuration.productName] + names.map(\.text)
        let problems = passwordPolicy.check(password, context: context, hasSecondFactor: hasSecondFactor)
        guard problems.isEmpty else { throw .passwordRejected(problems) }
    }

    /// The PHC string of a password.
    func hash(_ password: String) async throws -> String {
        try await telling { try await passwords.hash(password) }
    }

    /// Whether the password is that of the PHC string; the same work where there is none.
    func verify(_ password: String, against phc: String?) async throws -> PasswordCheck {
        try await telling { try await passwords.verify(password, against: phc) }
    }

    private func telling<Output>(_ work: () async throws -> Output) async throws -> Output {
        do {
            return try await work()
        } catch let overload as HashingPool.Overloaded {
            throw AuthError.overloaded(retryAfter: overload.retryAfter)
        } catch PasswordHasher.Problem.outOfMemory {
            throw AuthError.overloaded(retryAfter: Self.retryAfterMemoryShortage)
        }
    }
}

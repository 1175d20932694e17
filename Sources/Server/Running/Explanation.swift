import Auth
import Persistence
import PersistencePostgreSQL
import PostgresClient

/// The one sentence an operator reads when something ends a command.
enum Explanation {
    static func sentence(for error: any Error) -> String {
        switch error {
        case let error as PostgresError: sentence(for: error)
        case let error as DatabaseError: sentence(for: error)
        case let error as MigrationError: capitalized(error.description)
        case let error as AuthError: sentence(for: error)
        case SigningKeyRing.Problem.unreadableKey:
            """
            A signing key in this database was sealed under a master key that is not in PLINTH_SECRET_KEY: add that \
            key to the end of the list.
            """
        case SigningKeyRing.Problem.damagedKey:
            "A signing key in this database is damaged: restore the table signing_keys from a backup."
        case is CancellationError: "Interrupted."
        default: "\(error)"
        }
    }

    private static func sentence(for error: PostgresError) -> String {
        switch error {
        case .unreachable: StartError.databaseUnreachable.description
        case .server(let refusal):
            """
            PostgreSQL refused a statement with error \(refusal.sqlState) (\(refusal.message)): correct that and try \
            again.
            """
        default: "PostgreSQL did not answer as it should (\(error)): see that it runs, then try again."
        }
    }

    private static func sentence(for error: DatabaseError) -> String {
        switch error {
        case .unavailable: StartError.databaseUnreachable.description
        default: "The database did not do as it should (\(error)): the log says more."
        }
    }

    private static func sentence(for error: AuthError) -> String {
        switch error {
        case .emailTaken: "An account with this address exists already: choose another address."
        case .passwordRejected(let problems):
            "This password is not good enough: \(problems.map(phrase).joined(separator: "; "))."
        default: "That is not possible (\(error))."
        }
    }

    private static func phrase(_ problem: PasswordProblem) -> String {
        switch problem {
        case .tooShort(let minimum): "it needs at least \(minimum) characters"
        case .tooLong(let maximum): "it may have at most \(maximum) characters"
        case .common: "it is among the first that anyone would try"
        case .containsContext(let word): "it is little more than “\(word)”"
        }
    }

    private static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}

import Auth
import Core

/// What the operator reads when the server is there: its address, which real parts and stand-ins are in use, and how to
/// go on.
struct Banner: Sendable {
    let configuration: ServerConfiguration
    let databaseSummary: String
    let developmentKey: String?

    func text(port: Int) -> String {
        let baseURL = configuration.http.baseURL(port: port)
        var lines = [
            "",
            "Plinth is running at \(baseURL) (\(configuration.environmentName))",
            "",
            "  listening   \(configuration.http.host) port \(port)",
            "  database    \(database)",
            "  master key  \(masterKey)",
            "  files       stand-in: on disk in \(configuration.filesDirectory)",
            "  mail        \(mail(baseURL: baseURL))",
            "  sign-in     \(verification)",
        ]
        if !configuration.isProduction {
            lines.append("  demo        \(DemoAccount.email.text) with the password “\(DemoAccount.password)”")
        }
        return (lines + ["", "Stop with Ctrl-C.", ""]).joined(separator: "\n")
    }

    private var database: String {
        switch configuration.database.place {
        case .server: databaseSummary
        case .privateCluster: "stand-in: \(databaseSummary), until DATABASE_URL is set"
        }
    }

    private func mail(baseURL: String) -> String {
        guard configuration.mail.way.isOutbox else { return configuration.mail.summary }
        let place = configuration.isProduction ? "`Server outbox`" : "\(baseURL)/dev/mailbox"
        return "stand-in: \(configuration.mail.summary) (see \(place))"
    }

    private var masterKey: String {
        developmentKey.map { "stand-in: \($0), until PLINTH_SECRET_KEY is set" } ?? "PLINTH_SECRET_KEY"
    }

    private var verification: String {
        configuration.accounts.requiresVerifiedEmail
            ? "with a verified address" : "without verifying addresses (PLINTH_EMAIL_VERIFICATION is off)"
    }
}

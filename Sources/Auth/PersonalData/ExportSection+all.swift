import Core
import Persistence

extension ExportSection {
    /// Everything that is held about a person. Of secrets it says only that they are there.
    static func all(of user: User, in store: any Store) -> [ExportSection] {
        let id = user.id
        return [
            ExportSection("account") { [ExportedAccount(user)] },
            ExportSection(
                "sessions", pages: { try await store.sessions.list(of: id, page: $0) }, as: ExportedSession.init),
            ExportSection("identities") { try await store.identities.list(of: id).map(ExportedIdentity.init) },
            ExportSection("passkeys") { try await store.passkeys.list(of: id).map(ExportedPasskey.init) },
            ExportSection("second_factor") {
                let codes = try await store.secondFactors.recoveryCodeCount(of: id)
                return [try await store.secondFactors.authenticator(of: id)].compactMap { $0 }
                    .map { ExportedSecondFactor($0, recoveryCodesLeft: codes) }
            },
            ExportSection(
                "api_keys", pages: { try await store.apiKeys.list(of: id, page: $0) }, as: ExportedAPIKey.init),
            ExportSection("teams", pages: { try await store.teams.list(of: id, page: $0) }, as: ExportedTeam.init),
            ExportSection("mailed_links") { try await store.oneTimeTokens.list(of: id).map(ExportedLink.init) },
            ExportSection("mail_suppressions") {
                let suppression = try await store.mailSuppressions.find(emailKey: user.email.key)
                return [suppression].compactMap { $0 }.map(ExportedSuppression.init)
            },
            ExportSection(
                "notifications", pages: { try await store.notifications.list(of: id, page: $0) },
                as: ExportedNotification.init),
            ExportSection("notification_choices") {
                try await store.notifications.choices(of: id).sorted { $0.key.rawValue < $1.key.rawValue }
                    .map { ExportedChoice(kind: $0.key, channels: $0.value.map(\.rawValue).sorted()) }
            },
            ExportSection(
                "audit_log", pages: { try await store.auditLog.list(ofUser: id, page: $0) }, as: ExportedEvent.init),
            ExportSection(
                "data_exports", pages: { try await store.dataExports.list(of: id, page: $0) }, as: ExportedExport.init),
        ]
    }
}

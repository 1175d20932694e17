import Core
import PostgresClient

extension User {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        users.id, users.email, users.email_key, users.email_verified_at, users.first_name, users.last_name, \
        users.locale, users.time_zone, users.avatar_url, users.is_superuser, users.mfa_enabled, \
        users.second_factor_reset_at, users.suspended_at, users.deleted_at, users.purge_at, users.terms_version, \
        coalesce(users.terms_agreed_at, users.created_at), users.created_at, users.updated_at, users.version
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            email: EmailAddress(storedText: try columns.next(), key: try columns.next()),
            emailVerifiedAt: try columns.next(),
            firstName: try columns.next(),
            lastName: try columns.next(),
            language: try columns.next(),
            timeZone: try columns.next(),
            avatarURL: try columns.next(),
            isSuperuser: try columns.next(),
            hasSecondFactor: try columns.next(),
            secondFactorResetAt: try columns.next(),
            suspendedAt: try columns.next(),
            deletedAt: try columns.next(),
            purgeAt: try columns.next(),
            terms: try TermsAgreement(columns: &columns),
            createdAt: try columns.next(),
            updatedAt: try columns.next(),
            version: try columns.next())
    }
}

extension TermsAgreement {
    /// Nil where the columns are null.
    fileprivate init?(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let (version, agreedAt): (String?, Timestamp?) = (try columns.next(), try columns.next())
        guard let version, let agreedAt else { return nil }
        self.init(version: version, agreedAt: agreedAt)
    }
}

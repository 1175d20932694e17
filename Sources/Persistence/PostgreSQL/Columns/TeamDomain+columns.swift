import Core
import PostgresClient

extension TeamDomain {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        team_domains.id, team_domains.team_id, team_domains.domain, team_domains.role, team_domains.role_id, \
        team_domains.challenge, team_domains.added_by, team_domains.created_at, team_domains.expires_at, \
        team_domains.proof, team_domains.verified_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(), teamID: try columns.next(), name: try DomainName(columns: &columns),
            role: try RoleID(columns: &columns), challenge: try columns.next(),
            addedBy: try columns.next(), createdAt: try columns.next(), expiresAt: try columns.next(),
            verification: try Verification(columns: &columns))
    }
}

extension DomainName {
    fileprivate init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        guard let name = DomainName(parsing: try columns.next()) else { throw .malformed }
        self = name
    }
}

extension TeamDomain.Verification {
    /// Nil where both columns are null.
    fileprivate init?(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let (proof, verifiedAt): (TeamDomain.Proof?, Timestamp?) = (try columns.next(), try columns.next())
        guard let proof, let verifiedAt else { return nil }
        self.init(proof: proof, verifiedAt: verifiedAt)
    }
}

extension JoinableTeam {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "\(Team.columns), \(TeamDomain.columns)"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(team: try Team(columns: &columns), domain: try TeamDomain(columns: &columns))
    }
}

import Core
import PostgresClient

extension TeamGrant {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        id, team_id, member_id, role, role_id, permission, resource_type, resource_id, granted_by, created_at
        """

    /// Whether this release knows the permission: what a later one granted gives nothing here.
    static var isKnown: SQL { "permission = any(\(Permission.allCases.map(\.rawValue)))" }

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(), teamID: try columns.next(), subject: try TeamGrantSubject(columns: &columns),
            grant: try ResourceGrant(columns: &columns), grantedBy: try columns.next(), createdAt: try columns.next())
    }
}

extension TeamGrantSubject {
    /// From three columns, of which one is not null.
    fileprivate init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let member: ID<User>? = try columns.next()
        guard let member else {
            self = .role(try RoleID(columns: &columns))
            return
        }
        let _: (String?, ID<CustomRole>?) = (try columns.next(), try columns.next())
        self = .member(member)
    }
}

extension ResourceGrant {
    fileprivate init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        guard let permission = Permission(rawValue: try columns.next() as String) else { throw .malformed }
        self.init(
            permission,
            on: ResourceReference(type: ResourceType(rawValue: try columns.next()), id: try columns.next()))
    }
}

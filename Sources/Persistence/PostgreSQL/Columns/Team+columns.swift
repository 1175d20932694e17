import Core
import Persistence
import PostgresClient

extension Team {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        teams.id, teams.name, teams.slug, teams.owner_id, \(TeamSettings.columns), teams.avatar_url, teams.created_at, \
        teams.updated_at, teams.version
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            name: try columns.next(),
            slug: try columns.next(),
            ownerID: try columns.next(),
            settings: try TeamSettings(columns: &columns),
            avatarURL: try columns.next(),
            createdAt: try columns.next(),
            updatedAt: try columns.next(),
            version: try columns.next())
    }
}

extension TeamSettings {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "teams.require_mfa, teams.address_ranges"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            requiresSecondFactor: try columns.next(),
            addressRanges: try [AddressRange](stored: try columns.next()))
    }
}

extension [AddressRange] {
    /// One that can't be read must not leave fewer, which could mean everywhere.
    init(stored texts: [String]) throws(PostgresDecodingError) {
        self = texts.compactMap { AddressRange($0) }
        guard count == texts.count else { throw .malformed }
    }
}

extension TeamMember {
    /// What ``init(columns:)`` reads, in its order, with `team_roles` joined by ``rolesJoined``.
    static let columns = """
        team_members.team_id, team_members.user_id, team_members.role, team_members.role_id, team_roles.permissions, \
        team_members.joined_at
        """

    static let rolesJoined = """
        left join team_roles on team_roles.team_id = team_members.team_id and team_roles.id = team_members.role_id
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            teamID: try columns.next(), userID: try columns.next(), role: try AssignedRole(columns: &columns),
            joinedAt: try columns.next())
    }
}

extension AssignedRole {
    fileprivate init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let (name, id, permissions): (String?, ID<CustomRole>?, [String]?) =
            (try columns.next(), try columns.next(), try columns.next())
        if let id, let permissions {
            self.init(id: .custom(id), role: .custom(Set(permissions.compactMap(Permission.init))))
        } else if let name, let role = RoleID(name), let builtIn = role.builtInRole {
            self.init(id: role, role: builtIn)
        } else {
            throw .malformed
        }
    }
}

extension TeamMemberProfile {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        \(TeamMember.columns), users.email, users.email_key, users.first_name, users.last_name
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            member: try TeamMember(columns: &columns),
            email: EmailAddress(storedText: try columns.next(), key: try columns.next()),
            firstName: try columns.next(), lastName: try columns.next())
    }
}

extension CustomRole {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = "id, team_id, name, permissions, created_at, updated_at, version"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(), teamID: try columns.next(), name: try columns.next(),
            // What a later release named and this one does not know gives nothing.
            permissions: Set((try columns.next() as [String]).compactMap(Permission.init)),
            createdAt: try columns.next(), updatedAt: try columns.next(), version: try columns.next())
    }
}

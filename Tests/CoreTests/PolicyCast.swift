import Core

/// The people, teams and things of the policy's tests.
enum PolicyCast {
    static let me = ID<User>(high: 1, low: 1)
    static let stranger = ID<User>(high: 1, low: 2)
    static let team = ID<Team>(high: 2, low: 1)
    static let otherTeam = ID<Team>(high: 2, low: 2)
    static let file = ResourceReference(type: .file, id: "a")

    static func member(_ role: TeamRole, grants: Set<ResourceGrant> = []) -> AccessSubject.Membership {
        AccessSubject.Membership(teamID: team, role: role, grants: grants)
    }

    static func person(
        _ role: TeamRole?, superuser: Bool = false, deleted: Bool = false, scopes: Set<Permission>? = nil
    ) -> AccessSubject {
        AccessSubject(
            userID: me, isSuperuser: superuser, isPendingDeletion: deleted, scopes: scopes.map(Scopes.init),
            membership: role.map { member($0) })
    }

    /// By the names that the tables have for them.
    static let subjects: [String: AccessSubject] = [
        "owner": person(.owner), "admin": person(.admin), "member": person(.member), "viewer": person(.viewer),
        "custom": person(.custom([.teamRead, .membersRead, .membersWrite, .usersWrite])),
        "outer": person(nil), "super": person(nil, superuser: true),
        "gone": person(.owner, superuser: true, deleted: true),
        "okey": person(.owner, scopes: [.teamRead, .teamDelete, .filesRead, .usersRead]),
        "vkey": person(.viewer, scopes: [.teamRead, .filesWrite, .usersWrite]),
        "tkey": AccessSubject(keyOf: team, scopes: Scopes([.teamRead, .filesWrite, .membersWrite])),
        "skey": person(nil, superuser: true, scopes: [.teamRead, .filesRead, .usersRead]),
        "nokey": person(.owner, scopes: []),
    ]
}

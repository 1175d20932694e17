import Core
import Testing

struct TeamRoleTests {
    private static let roles: [String: TeamRole] = [
        "owner": .owner, "admin": .admin, "member": .member, "viewer": .viewer,
        "people": .custom([.teamRead, .membersRead, .membersWrite]), "all": .custom(Set(Permission.allCases)),
        "none": .custom([]), "delete": .custom([.teamDelete]), "personal": .custom([.usersRead, .usersWrite]),
        "twin": .custom([.teamRead, .membersRead, .filesRead]),
    ]

    /// Whether the role of the row may manage that of the column.
    private static let management = PolicyTable(
        """
                 owner admin member viewer people all none delete personal twin
        owner    +     +     +      +      +      +   +    +      +        +
        admin    -     +     +      +      +      -   +    -      +        +
        member   -     -     +      +      -      -   +    -      +        +
        viewer   -     -     -      +      -      -   +    -      +        +
        people   -     -     -      -      +      -   +    -      +        -
        all      -     +     +      +      +      +   +    +      +        +
        none     -     -     -      -      -      -   +    -      +        -
        delete   -     -     -      -      -      -   +    +      +        -
        personal -     -     -      -      -      -   +    -      +        -
        twin     -     -     -      +      -      -   +    -      +        +
        """)

    @Test func `nobody manages what is above their own`() {
        #expect(Set(Self.management.rows) == Set(Self.roles.keys))
        #expect(Set(Self.management.columns) == Set(Self.roles.keys))
        for (name, role) in Self.roles {
            for (otherName, other) in Self.roles {
                let mark = role.mayManage(other) ? "+" : "-"
                #expect(mark == Self.management[name, otherName], "\(name) \(otherName)")
            }
        }
    }

    @Test func `each built-in role has more than the next`() {
        for (role, next) in zip(TeamRole.builtIn, TeamRole.builtIn.dropFirst()) {
            #expect(role.permissions.isStrictSuperset(of: next.permissions))
        }
    }

    @Test func `what a team gives is never personal`() {
        for role in Self.roles.values { #expect(!role.permissions.contains { $0.isPersonal }) }
    }

    @Test func `built-in roles are known by name`() {
        #expect(TeamRole.builtIn.map(\.builtInName) == ["owner", "admin", "member", "viewer"])
        for role in TeamRole.builtIn { #expect(role.builtInName.flatMap(TeamRole.init(builtInName:)) == role) }
        #expect(TeamRole(builtInName: "Owner") == nil)
        #expect(TeamRole(builtInName: "custom") == nil)
        #expect(TeamRole.custom([]).builtInName == nil)
    }

    private func decide(_ roles: [TeamRole], by subject: AccessSubject, in team: ID<Team> = PolicyCast.team) -> String {
        Policy.decide(.membersWrite, managing: roles, in: team, by: subject).mark
    }

    @Test(arguments: [
        // Who, and the mark for managing an owner, an admin, a member, a viewer.
        ("owner", "++++"), ("admin", "^+++"), ("member", "----"), ("viewer", "----"), ("custom", "^^^^"),
        ("outer", "...."), ("super", "++++"), ("gone", "dddd"), ("okey", "ssss"), ("vkey", "ssss"), ("tkey", "^^^^"),
        ("skey", "...."), ("nokey", "ssss"),
    ])
    func `managing a role takes the permission and a role as high`(name: String, expected: String) throws {
        let subject = try #require(PolicyCast.subjects[name])
        #expect(TeamRole.builtIn.map { decide([$0], by: subject) }.joined() == expected)
    }

    @Test func `a change is refused when the role before or after it is too high`() {
        let admin = PolicyCast.person(.admin)
        #expect(decide([.member, .admin], by: admin) == "+")
        #expect(decide([.owner, .member], by: admin) == "^")
        #expect(decide([.member, .owner], by: admin) == "^")
        #expect(decide([.viewer, .custom([.teamDelete])], by: admin) == "^")
        #expect(decide([], by: admin) == "+")
    }

    @Test func `a key hands on no more than its scopes`() {
        let narrow = PolicyCast.person(.owner, scopes: [.membersWrite])
        #expect(TeamRole.builtIn.map { decide([$0], by: narrow) } == ["^", "^", "^", "^"])
        let wider = PolicyCast.person(.owner, scopes: [.membersWrite, .teamRead, .membersRead, .filesRead])
        #expect(TeamRole.builtIn.map { decide([$0], by: wider) } == ["^", "^", "^", "+"])
        let full = PolicyCast.person(.owner, scopes: Permission.ofTeams)
        #expect(TeamRole.builtIn.map { decide([$0], by: full) } == ["+", "+", "+", "+"])
    }

    @Test func `the key of a team makes no owner`() {
        let key = AccessSubject(keyOf: PolicyCast.team, scopes: Scopes(Permission.ofTeams))
        #expect(TeamRole.builtIn.map { decide([$0], by: key) } == ["^", "+", "+", "+"])
        #expect(decide([.viewer], by: key, in: PolicyCast.otherTeam) == ".")
    }

    @Test func `what was granted on one thing can't be handed on`() {
        let grant = ResourceGrant(.filesWrite, on: PolicyCast.file)
        let role = TeamRole.custom([.rolesWrite, .filesRead])
        let subject = AccessSubject(userID: PolicyCast.me, membership: PolicyCast.member(role, grants: [grant]))
        let decisions = [Permission.filesRead, .filesWrite].map {
            Policy.decide(.rolesWrite, managing: [.custom([$0])], in: PolicyCast.team, by: subject)
        }
        #expect(decisions == [.allowed, .forbidden(.roleTooHigh)])
    }
}

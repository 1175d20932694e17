import Core
import Testing

struct PolicyTests {
    // + allowed, . hidden, - no permission, s out of the key's scopes, d on the way to deletion

    private static let inTheTeam = PolicyTable(
        """
                          owner admin member viewer custom outer super gone okey vkey tkey skey nokey
        team:read         +     +     +      +      +      .     +     d    +    +    +    .    s
        team:write        +     +     -      -      -      .     +     d    s    s    s    .    s
        team:delete       +     -     -      -      -      .     +     d    +    s    s    .    s
        members:read      +     +     +      +      +      .     +     d    s    s    s    .    s
        members:write     +     +     -      -      +      .     +     d    s    s    +    .    s
        invitations:read  +     +     -      -      -      .     +     d    s    s    s    .    s
        invitations:write +     +     -      -      -      .     +     d    s    s    s    .    s
        roles:read        +     +     -      -      -      .     +     d    s    s    s    .    s
        roles:write       +     +     -      -      -      .     +     d    s    s    s    .    s
        api_keys:read     +     +     -      -      -      .     +     d    s    s    s    .    s
        api_keys:write    +     +     -      -      -      .     +     d    s    s    s    .    s
        webhooks:read     +     +     -      -      -      .     +     d    s    s    s    .    s
        webhooks:write    +     +     -      -      -      .     +     d    s    s    s    .    s
        audit:read        +     +     -      -      -      .     +     d    s    s    s    .    s
        billing:read      +     +     +      -      -      .     +     d    s    s    s    .    s
        billing:write     +     +     -      -      -      .     +     d    s    s    s    .    s
        files:read        +     +     +      +      -      .     +     d    +    s    s    .    s
        files:write       +     +     +      -      -      .     +     d    s    -    +    .    s
        ai:use            +     +     +      -      -      .     +     d    s    s    s    .    s
        users:read        -     -     -      -      -      .     +     d    -    s    s    .    s
        users:write       -     -     -      -      -      .     +     d    s    -    s    .    s
        """)

    private static let ofOneself = PolicyTable(
        """
                          owner admin member viewer custom outer super gone okey vkey tkey skey nokey
        team:read         +     +     +      +      +      +     +     d    +    +    .    +    s
        team:write        +     +     +      +      +      +     +     d    s    s    .    s    s
        team:delete       +     +     +      +      +      +     +     d    +    s    .    s    s
        members:read      +     +     +      +      +      +     +     d    s    s    .    s    s
        members:write     +     +     +      +      +      +     +     d    s    s    .    s    s
        invitations:read  +     +     +      +      +      +     +     d    s    s    .    s    s
        invitations:write +     +     +      +      +      +     +     d    s    s    .    s    s
        roles:read        +     +     +      +      +      +     +     d    s    s    .    s    s
        roles:write       +     +     +      +      +      +     +     d    s    s    .    s    s
        api_keys:read     +     +     +      +      +      +     +     d    s    s    .    s    s
        api_keys:write    +     +     +      +      +      +     +     d    s    s    .    s    s
        webhooks:read     +     +     +      +      +      +     +     d    s    s    .    s    s
        webhooks:write    +     +     +      +      +      +     +     d    s    s    .    s    s
        audit:read        +     +     +      +      +      +     +     d    s    s    .    s    s
        billing:read      +     +     +      +      +      +     +     d    s    s    .    s    s
        billing:write     +     +     +      +      +      +     +     d    s    s    .    s    s
        files:read        +     +     +      +      +      +     +     d    +    s    .    +    s
        files:write       +     +     +      +      +      +     +     d    s    +    .    s    s
        ai:use            +     +     +      +      +      +     +     d    s    s    .    s    s
        users:read        +     +     +      +      +      +     +     d    +    s    .    +    s
        users:write       +     +     +      +      +      +     +     d    s    +    .    s    s
        """)

    private static let ofStrangers = PolicyTable(
        """
                          owner admin member viewer custom outer super gone okey vkey tkey skey nokey
        team:read         .     .     .      .      .      .     +     d    .    .    .    .    .
        team:write        .     .     .      .      .      .     +     d    .    .    .    .    .
        team:delete       .     .     .      .      .      .     +     d    .    .    .    .    .
        members:read      .     .     .      .      .      .     +     d    .    .    .    .    .
        members:write     .     .     .      .      .      .     +     d    .    .    .    .    .
        invitations:read  .     .     .      .      .      .     +     d    .    .    .    .    .
        invitations:write .     .     .      .      .      .     +     d    .    .    .    .    .
        roles:read        .     .     .      .      .      .     +     d    .    .    .    .    .
        roles:write       .     .     .      .      .      .     +     d    .    .    .    .    .
        api_keys:read     .     .     .      .      .      .     +     d    .    .    .    .    .
        api_keys:write    .     .     .      .      .      .     +     d    .    .    .    .    .
        webhooks:read     .     .     .      .      .      .     +     d    .    .    .    .    .
        webhooks:write    .     .     .      .      .      .     +     d    .    .    .    .    .
        audit:read        .     .     .      .      .      .     +     d    .    .    .    .    .
        billing:read      .     .     .      .      .      .     +     d    .    .    .    .    .
        billing:write     .     .     .      .      .      .     +     d    .    .    .    .    .
        files:read        .     .     .      .      .      .     +     d    .    .    .    .    .
        files:write       .     .     .      .      .      .     +     d    .    .    .    .    .
        ai:use            .     .     .      .      .      .     +     d    .    .    .    .    .
        users:read        .     .     .      .      .      .     +     d    .    .    .    .    .
        users:write       .     .     .      .      .      .     +     d    .    .    .    .    .
        """)

    private func expect(_ table: PolicyTable, on resource: Resource) {
        #expect(table.rows == Permission.allCases.map(\.rawValue))
        #expect(Set(table.columns) == Set(PolicyCast.subjects.keys))
        for permission in Permission.allCases {
            for (name, subject) in PolicyCast.subjects {
                let mark = Policy.decide(permission, on: resource, by: subject).mark
                #expect(mark == table[permission.rawValue, name], "\(permission.rawValue) by \(name) on \(resource)")
            }
        }
    }

    @Test(arguments: [Resource.team(PolicyCast.team), .item(PolicyCast.file, of: .team(PolicyCast.team))])
    func `in a team the role decides`(resource: Resource) {
        expect(Self.inTheTeam, on: resource)
    }

    @Test(arguments: [Resource.account(PolicyCast.me), .item(PolicyCast.file, of: .user(PolicyCast.me))])
    func `what is one's own is one's own`(resource: Resource) {
        expect(Self.ofOneself, on: resource)
    }

    @Test(arguments: [
        Resource.team(PolicyCast.otherTeam), .account(PolicyCast.stranger),
        .item(PolicyCast.file, of: .team(PolicyCast.otherTeam)),
        .item(PolicyCast.file, of: .user(PolicyCast.stranger)),
        // The same bits as the id of another kind of thing.
        .team(PolicyCast.me.cast()), .account(PolicyCast.team.cast()),
    ])
    func `what belongs to others does not exist`(resource: Resource) {
        expect(Self.ofStrangers, on: resource)
    }

    @Test func `a superuser who is a member keeps the reach in a session and has the role with a key`() {
        let session = PolicyCast.person(.viewer, superuser: true)
        #expect(Policy.decide(.teamDelete, on: .team(PolicyCast.team), by: session) == .allowed)
        let key = PolicyCast.person(.viewer, superuser: true, scopes: Set(Permission.allCases))
        #expect(Policy.decide(.teamRead, on: .team(PolicyCast.team), by: key) == .allowed)
        #expect(Policy.decide(.teamWrite, on: .team(PolicyCast.team), by: key) == .forbidden(.missingPermission))
        #expect(Policy.decide(.teamRead, on: .team(PolicyCast.otherTeam), by: key) == .hidden)
    }

    @Test func `a user is taken as the account stands`() throws {
        let now = Timestamp(seconds: 0)
        var user = User(
            id: PolicyCast.me, email: try EmailAddress(parsing: "a@example.org"),
            firstName: try #require(PersonName("A")), lastName: try #require(PersonName("B")), createdAt: now,
            updatedAt: now)
        #expect(AccessSubject(user: user, membership: PolicyCast.member(.admin)) == PolicyCast.person(.admin))
        user.isSuperuser = true
        // Without a second factor a person like any other.
        #expect(AccessSubject(user: user) == PolicyCast.person(nil))
        user.hasSecondFactor = true
        user.deletedAt = now
        #expect(
            AccessSubject(user: user, scopes: Scopes([.aiUse]))
                == PolicyCast.person(nil, superuser: true, deleted: true, scopes: [.aiUse]))
    }
}

import Core
import Testing

struct PermissionTests {
    @Test func `the names are those of the contract`() {
        #expect(
            Permission.allCases.map(\.rawValue) == [
                "team:read", "team:write", "team:delete", "members:read", "members:write", "invitations:read",
                "invitations:write", "roles:read", "roles:write", "api_keys:read", "api_keys:write", "webhooks:read",
                "webhooks:write", "audit:read", "billing:read", "billing:write", "files:read", "files:write", "ai:use",
                "users:read", "users:write",
            ])
    }

    @Test(arguments: Permission.allCases)
    func `a name is a resource and an action`(permission: Permission) {
        #expect("\(permission.resource):\(permission.action)" == permission.rawValue)
        #expect(!permission.resource.isEmpty && !permission.action.isEmpty)
        #expect(Permission(rawValue: permission.rawValue) == permission)
    }

    @Test func `the parts of one`() {
        #expect(Permission.apiKeysWrite.resource == "api_keys")
        #expect(Permission.apiKeysWrite.action == "write")
    }

    @Test func `only those about one's own account are personal`() {
        #expect(Permission.allCases.filter(\.isPersonal) == [.usersRead, .usersWrite])
        #expect(Permission.ofTeams.count == 19)
        #expect(Permission.ofTeams.subtracting(Permission.ofTeamKeys) == [.teamDelete, .apiKeysWrite])
        #expect(Permission.ofTeamKeys.isSubset(of: Permission.ofTeams))
        #expect(Permission.ofTeams.isDisjoint(with: [.usersRead, .usersWrite]))
    }

    @Test(arguments: ["", ":", "team", "team:", "team:Read", "TEAM:read", " team:read", "team:read ", "users:delete"])
    func `any other name is none`(name: String) {
        #expect(Permission(rawValue: name) == nil)
    }
}

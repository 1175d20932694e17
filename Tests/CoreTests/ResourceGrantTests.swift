import Core
import Testing

struct ResourceGrantTests {
    private let item = Resource.item(PolicyCast.file, of: .team(PolicyCast.team))
    private let grant = ResourceGrant(.filesWrite, on: PolicyCast.file)

    private func viewer(
        _ grants: Set<ResourceGrant>, deleted: Bool = false, scopes: Set<Permission>? = nil
    ) -> AccessSubject {
        AccessSubject(
            userID: PolicyCast.me, isPendingDeletion: deleted, scopes: scopes.map(Scopes.init),
            membership: PolicyCast.member(.viewer, grants: grants))
    }

    @Test func `a grant adds its permission on its thing and nothing else`() {
        let subject = viewer([grant])
        let expected: Set<Permission> = [.teamRead, .membersRead, .filesRead, .filesWrite]
        for permission in Permission.allCases {
            let decision = Policy.decide(permission, on: item, by: subject)
            #expect(decision == (expected.contains(permission) ? .allowed : .forbidden(.missingPermission)))
        }
    }

    @Test(arguments: [
        Resource.team(PolicyCast.team), .item(ResourceReference(type: .file, id: "b"), of: .team(PolicyCast.team)),
        .item(ResourceReference(type: .conversation, id: "a"), of: .team(PolicyCast.team)),
    ])
    func `a grant on one thing is none on another`(resource: Resource) {
        #expect(Policy.decide(.filesWrite, on: resource, by: viewer([grant])) == .forbidden(.missingPermission))
    }

    @Test(arguments: [Resource.Owner.team(PolicyCast.otherTeam), .user(PolicyCast.stranger)])
    func `a grant of one team opens nothing of anybody else, whatever it names`(owner: Resource.Owner) {
        #expect(Policy.decide(.filesWrite, on: .item(PolicyCast.file, of: owner), by: viewer([grant])) == .hidden)
    }

    @Test func `no team grants what is personal`() {
        let subject = viewer([ResourceGrant(.usersWrite, on: PolicyCast.file)])
        #expect(Policy.decide(.usersWrite, on: item, by: subject) == .forbidden(.missingPermission))
    }

    @Test func `a key reaches what was granted within its scopes`() {
        #expect(Policy.decide(.filesWrite, on: item, by: viewer([grant], scopes: [.filesWrite])) == .allowed)
        #expect(
            Policy.decide(.filesWrite, on: item, by: viewer([grant], scopes: [.filesRead])) == .forbidden(.outOfScope))
    }

    @Test func `a grant outlives neither the account nor the membership`() {
        let decision = Policy.decide(.filesWrite, on: item, by: viewer([grant], deleted: true))
        #expect(decision == .forbidden(.pendingDeletion))
        #expect(Policy.decide(.filesWrite, on: item, by: PolicyCast.person(nil)) == .hidden)
    }

    @Test func `whoever builds on this has kinds of their own`() {
        let board = ResourceReference(type: ResourceType(rawValue: "board"), id: "7")
        let subject = viewer([ResourceGrant(.filesWrite, on: board)])
        #expect(Policy.decide(.filesWrite, on: .item(board, of: .team(PolicyCast.team)), by: subject) == .allowed)
    }
}

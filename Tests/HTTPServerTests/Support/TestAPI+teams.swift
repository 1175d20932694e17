import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

/// What people do in the tests of teams.
extension TestAPI {
    func teams(
        _ method: HTTPRequest.Method, _ path: String = "", _ json: String? = nil, as access: String,
        headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        try await send(method, "/api/v1/teams\(path)", json, headers: headers.merging(Self.bearer(access)))
    }

    /// Makes a team and returns its id.
    func team(named name: String = "Engines", as access: String) async throws -> String {
        let made = try await teams(.post, "", #"{"name":"\#(name)"}"#, as: access)
        #expect(made.status == 201)
        return try #require(made["id"] as? String)
    }

    /// The id of the account of a session.
    func id(of access: String) async throws -> String {
        try #require(try await me(access)["id"] as? String)
    }

    /// Puts somebody into a team as an invitation would.
    func join(_ team: String, _ access: String, as role: RoleID) async throws {
        let user = try #require(ID<User>(try await id(of: access)))
        time.advance(by: .seconds(1))
        try await database.scoped(.system).teamMembers.insert(
            TeamMember(
                teamID: try #require(ID<Team>(team)), userID: user,
                role: AssignedRole(id: role, role: role.builtInRole ?? .custom([])), joinedAt: time.now))
    }
}

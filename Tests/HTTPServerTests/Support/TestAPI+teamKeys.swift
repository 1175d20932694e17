import Auth
import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

/// What people do with the API keys of teams.
extension TestAPI {
    /// Makes a key of a team.
    func teamKey(
        in team: String, _ scopes: [String], expiresAt: String? = nil, as access: String
    ) async throws -> APIKey {
        let list = scopes.map { "\"\($0)\"" }.joined(separator: ",")
        let expiry = expiresAt.map { #","expires_at":"\#($0)""# } ?? ""
        let answer = try await teams(
            .post, "/\(team)/api-keys", #"{"name":"Deploy","scopes":[\#(list)]\#(expiry)}"#, as: access)
        #expect(answer.status == 201, "\(answer.text)")
        return (try #require(answer["id"] as? String), try #require(answer["secret"] as? String))
    }

    /// A key whose secret was made under a master key that is gone.
    func untaggedKey(in team: String, _ scopes: Set<Permission>) async throws -> String {
        let gone = try MasterKeys(hexadecimal: [HexDigits.encode(Randomness.seeded(2).bytes(32))])
        let id = ID<TeamAPIKey>.make(at: time.now, randomness: .system)
        let secret = TeamAPIKeySecret.make(key: id, keys: gone, randomness: .system)
        let key = TeamAPIKey(
            id: id, teamID: try #require(ID<Team>(team)), name: "Old", prefix: secret.shownPrefix,
            scopes: Scopes(scopes), createdAt: time.now, updatedAt: time.now)
        try await database.scoped(.system).teamAPIKeys.insert(key, hash: secret.hash)
        return secret.text
    }
}

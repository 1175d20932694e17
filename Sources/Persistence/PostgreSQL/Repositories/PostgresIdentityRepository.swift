import Core
import Persistence
import PostgresClient

struct PostgresIdentityRepository: IdentityRepository {
    let runner: any StatementRunner

    func insert(_ identity: LinkedIdentity) async throws -> Bool {
        try await runner.change(
            """
            insert into identities (\(unescaped: LinkedIdentity.columns))
            values (
                \(identity.id), \(identity.userID), \(identity.provider), \(identity.issuer), \(identity.subject),
                \(identity.email), \(identity.createdAt), \(identity.lastUsedAt))
            on conflict (issuer, subject) do nothing
            """) == 1
    }

    func find(issuer: String, subject: String) async throws -> LinkedIdentity? {
        try await runner.first(
            """
            select \(unescaped: LinkedIdentity.columns)
            from identities
            where issuer = \(issuer) and subject = \(subject)
            """, LinkedIdentity.init(columns:))
    }

    func list(of user: ID<User>) async throws -> [LinkedIdentity] {
        try await runner.all(
            """
            select \(unescaped: LinkedIdentity.columns)
            from identities
            where user_id = \(user)
            order by created_at desc, id desc
            """, LinkedIdentity.init(columns:))
    }

    func touch(_ id: ID<LinkedIdentity>, email: String?, at time: Timestamp) async throws {
        try await runner.change(
            "update identities set last_used_at = \(time), email = \(email) where id = \(id)")
    }

    func remove(_ id: ID<LinkedIdentity>, of user: ID<User>) async throws -> Bool {
        try await runner.change("delete from identities where id = \(id) and user_id = \(user)") == 1
    }

    func removeAll(of user: ID<User>) async throws -> Int {
        try await runner.change("delete from identities where user_id = \(user)")
    }
}

import Core
import Persistence

struct InMemoryBarredUsers: BarredUserRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ user: ID<User>, in team: ID<Team>, at time: Timestamp) async throws {
        try await access.write { tables in
            try Scope.require(scope.isIn(team))
            guard tables.teams[team] != nil, tables.users[user] != nil else {
                throw DatabaseError.foreignKeyViolation
            }
            tables.barredUsers[team, default: [:]][user] = time
        }
    }

    func contains(_ user: ID<User>, in team: ID<Team>) async throws -> Bool {
        try await access.read { tables in scope.sees(user, in: team) && tables.barredUsers[team]?[user] != nil }
    }

    func remove(_ user: ID<User>, in team: ID<Team>) async throws -> Bool {
        try await access.write { tables in
            scope.isIn(team) && tables.barredUsers[team]?.removeValue(forKey: user) != nil
        }
    }
}

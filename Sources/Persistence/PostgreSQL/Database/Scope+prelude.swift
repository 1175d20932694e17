import Core
import Persistence
import PostgresClient

extension Scope {
    /// What goes before the statements of a transaction to narrow it to this scope. After the transaction it is gone.
    var prelude: [SQL] {
        switch self {
        case .system: []
        case .user(let user): [Self.narrowing(user: user, team: "")]
        case .team(let team, let user): [Self.narrowing(user: user, team: team.description)]
        }
    }

    private static func narrowing(user: ID<User>?, team: String) -> SQL {
        """
        select set_config('role', 'plinth_app', true), set_config('plinth.user_id', \(user?.description ?? ""), true), \
        set_config('plinth.team_id', \(team), true)
        """
    }
}

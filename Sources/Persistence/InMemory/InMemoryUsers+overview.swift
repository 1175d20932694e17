import Core
import Persistence

extension InMemoryUsers {
    func overview(of id: ID<User>, at time: Timestamp) async throws -> AccountOverview? {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            return tables.users[id].flatMap { $0.isKept(at: time) ? tables.overview(of: $0.user) : nil }
        }
    }

    func list(
        matching filter: UserFilter, at time: Timestamp, page: PageRequest
    ) async throws -> Page<AccountOverview> {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            let users = tables.users.values.filter { $0.isKept(at: time) }.map(\.user)
                .filter { filter.status?.isOf($0) ?? true }
            let found =
                if let email = filter.email {
                    Self.byAddress(users, email, page, in: tables)
                } else {
                    Page.latestFirst(users, page, position: Self.position)
                }
            return found.map(tables.overview)
        }
    }

    /// In the order of the bytes of their addresses, after that of the account that the cursor names.
    private static func byAddress(
        _ users: [User], _ email: EmailPrefix, _ page: PageRequest, in tables: Tables
    ) -> Page<User> {
        let last = page.after.map { tables.users[$0.id()]?.user.email.key }
        let sorted = users.filter { user in
            guard user.email.key.utf8.starts(with: email.key.utf8) else { return false }
            guard let last else { return true }
            return last.map { isBefore($0, user.email.key) } ?? false
        }
        .sorted { isBefore($0.email.key, $1.email.key) }
        return Page(fetched: Array(sorted.prefix(page.limit + 1)), limit: page.limit, position: position)
    }

    private static func isBefore(_ one: String, _ other: String) -> Bool {
        one.utf8.lexicographicallyPrecedes(other.utf8)
    }

    private static func position(of user: User) -> Cursor { Cursor(time: user.createdAt, id: user.id) }
}

extension UserRow {
    /// Whether its data is neither erased nor due to be.
    func isKept(at time: Timestamp) -> Bool {
        purgedAt == nil && user.purgeAt.map { time < $0 } ?? true
    }
}

extension Tables {
    /// When the person was seen last, of the sessions that are looked at.
    func lastSeenAt(_ user: ID<User>) -> Timestamp? {
        sessions.values.map(\.session).filter { $0.userID == user && $0.impersonatorID == nil }
            .sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }.prefix(AccountOverview.sessionsLookedAt)
            .map(\.lastSeenAt).max()
    }

    fileprivate func overview(of user: User) -> AccountOverview {
        let suspension = auditEvents.values.first {
            $0.userID == user.id && $0.action == AuditEvent.suspension && $0.createdAt == user.suspendedAt
        }
        return AccountOverview(
            user: user, lastSeenAt: lastSeenAt(user.id), suspensionReason: suspension?.personal["reason"])
    }
}

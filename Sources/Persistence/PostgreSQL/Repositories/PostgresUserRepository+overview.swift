import Core
import Persistence
import PostgresClient

extension PostgresUserRepository {
    func overview(of id: ID<User>, at time: Timestamp) async throws -> AccountOverview? {
        try await runner.first(
            """
            select \(unescaped: AccountOverview.columns)
            from users
            where id = \(id) and \(sql: Self.isNotDue(at: time))
            """, AccountOverview.init(columns:))
    }

    func list(
        matching filter: UserFilter, at time: Timestamp, page: PageRequest
    ) async throws -> Page<AccountOverview> {
        let order: SQL =
            if let email = filter.email {
                """
                \(sql: Self.begins(with: email)) \(sql: Self.after(page.after))
                order by email_key collate "C" limit \(page.limit + 1)
                """
            } else {
                "\(sql: page.afterCondition) \(sql: page.order)"
            }
        return try await runner.page(
            """
            select \(unescaped: AccountOverview.columns)
            from users
            where \(sql: Self.isKept(at: time)) \(sql: Self.isOf(filter.status)) \(sql: order)
            """, of: page, AccountOverview.init(columns:)
        ) { Cursor(time: $0.user.createdAt, id: $0.user.id) }
    }

    /// Whether the data of an account is neither erased nor due to be.
    static func isKept(at time: Timestamp) -> SQL {
        "purged_at is null and \(sql: isNotDue(at: time))"
    }

    /// The same, for one account, whose row is found by its id: one that is purged keeps the time it was due at.
    private static func isNotDue(at time: Timestamp) -> SQL {
        "(purge_at is null or purge_at > \(time))"
    }

    /// ``AccountStatus/isOf(_:)``.
    private static func isOf(_ status: AccountStatus?) -> SQL {
        switch status {
        case .active: "and suspended_at is null and deleted_at is null"
        case .suspended: "and suspended_at is not null"
        case .pendingDeletion: "and deleted_at is not null"
        case nil: ""
        }
    }

    /// As a range of the bytes of UTF-8, which an index serves whatever the database's collation is. No character comes after
    /// U+10FFFF.
    private static func begins(with email: EmailPrefix) -> SQL {
        """
        and email_key collate "C" >= \(email.key) and email_key collate "C" < \(email.key + "\u{10FFFF}")
        """
    }

    /// A cursor names the account that a page ended with, whose address is where the next one begins.
    private static func after(_ cursor: Cursor?) -> SQL {
        guard let cursor else { return "" }
        return """
            and email_key collate "C" > (select last.email_key from users as last where last.id = \(cursor.id(of: User.self)))
            """
    }
}

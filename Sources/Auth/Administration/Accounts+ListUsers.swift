public import Core
public import Persistence

extension Accounts {
    /// Accounts that match, latest first; by address where a prefix is asked for.
    /// - Throws: As ``Principal/requireAdministrator()``.
    public func listUsers(
        matching filter: UserFilter, by principal: Principal, page: PageRequest
    ) async throws -> Page<AccountOverview> {
        try principal.requireAdministrator()
        return try await database.scoped(.system).users.list(matching: filter, at: time.now(), page: page)
    }

    /// One account, also the own.
    /// - Throws: ``AuthError/notFound``; as ``Principal/requireAdministrator()``.
    public func overview(of user: ID<User>, by principal: Principal) async throws -> AccountOverview {
        try principal.requireAdministrator()
        return try await overview(of: user, in: database.scoped(.system), at: time.now())
    }

    /// The account as it is in a unit of work.
    /// - Throws: ``AuthError/notFound``.
    func overview(of user: ID<User>, in store: any Store, at now: Timestamp) async throws -> AccountOverview {
        guard let overview = try await store.users.overview(of: user, at: now) else { throw AuthError.notFound }
        return overview
    }

    /// Refuses an account that is no longer what the caller took it for (`If-Match`), asked of the locked row.
    /// - Throws: ``AuthError/preconditionFailed``.
    func require(
        _ isExpected: AccountExpectation?, of user: ID<User>, in store: any Store, at now: Timestamp
    ) async throws {
        guard let isExpected else { return }
        guard try isExpected(await overview(of: user, in: store, at: now)) else { throw AuthError.preconditionFailed }
    }
}

/// Whether an account is what the caller takes it for.
public typealias AccountExpectation = @Sendable (AccountOverview) throws -> Bool

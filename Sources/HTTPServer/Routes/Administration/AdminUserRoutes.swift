import API
import Auth
import Core
import HTTPTypes
import Hummingbird
import Persistence

/// Other people's accounts, for administrators.
struct AdminUserRoutes: Sendable {
    let accounts: Accounts

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(AdminUserEndpoints.list, list)
        try binder.signedIn(AdminUserEndpoints.create, create)
        try binder.signedIn(AdminUserEndpoints.show, show)
        try binder.signedIn(AdminUserEndpoints.update, update)
        try binder.signedIn(AdminUserEndpoints.delete, delete)
        try binder.signedIn(AdminUserEndpoints.suspend, suspend)
        try binder.signedIn(AdminUserEndpoints.unsuspend, unsuspend)
        try binder.signedIn(AdminUserEndpoints.sessions, listSessions)
        try binder.signedIn(AdminUserEndpoints.endSessions, endSessions)
        try binder.signedIn(AdminUserEndpoints.resetMFA, resetMFA)
    }

    @Sendable private func list(
        _ call: Call<Nothing, AdminUserListQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<AdminUserBody>>> {
        let filter = UserFilter(
            email: call.query.email?.prefix,
            status: call.query.status.flatMap { AccountStatus(rawValue: $0.rawValue) })
        let page = try await accounts.listUsers(matching: filter, by: principal, page: call.query.pageRequest)
        return Reply(OK(List(page.map(AdminUserBody.init))))
    }

    @Sendable private func create(
        _ call: Call<Nothing, Nothing, CreateUserRequest>, _ principal: Principal
    ) async throws -> Reply<Created<AdminUserBody>> {
        let path = AdminUserEndpoints.list.traits.path.description
        let shown: @Sendable (AccountOverview) -> Reply<Created<AdminUserBody>> = { made in
            Reply(Created(AdminUserBody(made), location: "\(path)/\(made.user.id)"))
        }
        let registration = Registration(
            email: call.body.email, firstName: call.body.firstName, lastName: call.body.lastName,
            language: call.body.locale ?? principal.user.language, timeZone: call.body.timeZone ?? .utc)
        return shown(
            try await accounts.createUser(
                registration, by: principal, origin: call.origin, receipt: call.receipt(shown)))
    }

    @Sendable private func show(
        _ call: Call<AdminUserPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<AdminUserBody>> {
        shown(try await accounts.overview(of: call.parameters.id, by: principal))
    }

    @Sendable private func shown(_ overview: AccountOverview) -> Reply<OK<AdminUserBody>> {
        Reply(OK(AdminUserBody(overview)))
    }

    @Sendable private func update(
        _ call: Call<AdminUserPath, Nothing, AdminUpdateUserRequest>, _ principal: Principal
    ) async throws -> Reply<OK<AdminUserBody>> {
        let profile = ProfileChanges(
            firstName: call.body.firstName, lastName: call.body.lastName, language: call.body.locale,
            timeZone: call.body.timeZone)
        return shown(
            try await accounts.updateUser(
                call.parameters.id, AccountChanges(profile: profile, isSuperuser: call.body.isSuperuser),
                reason: call.body.reason?.text, by: principal, origin: call.origin, if: isExpected(by: call.request)))
    }

    @Sendable private func delete(
        _ call: Call<AdminUserPath, Nothing, OptionalReasonRequest>, _ principal: Principal
    ) async throws -> Reply<Accepted<DeletionBody>> {
        let purgeAt = try await accounts.deleteUser(
            call.parameters.id, reason: call.body.reason?.text, by: principal, origin: call.origin,
            if: isExpected(by: call.request))
        return Reply(Accepted(DeletionBody(purgeAt: purgeAt)))
    }

    /// Whether an account is what the sender of `If-Match` takes it for; nil without the header.
    private func isExpected(by request: Request) -> AccountExpectation? {
        let tags = request.headers[values: .ifMatch]
        guard !tags.isEmpty else { return nil }
        return { overview in
            guard let body = try OK(AdminUserBody(overview)).encodedBody() else { return true }
            return EntityTag.matches(tags, EntityTag.of(body), isWeak: false)
        }
    }

    @Sendable private func suspend(
        _ call: Call<AdminUserPath, Nothing, ReasonRequest>, _ principal: Principal
    ) async throws -> Reply<OK<AdminUserBody>> {
        shown(
            try await accounts.suspend(
                call.parameters.id, reason: call.body.reason.text, by: principal, origin: call.origin,
                receipt: call.receipt(shown)))
    }

    @Sendable private func unsuspend(
        _ call: Call<AdminUserPath, Nothing, ReasonRequest>, _ principal: Principal
    ) async throws -> Reply<OK<AdminUserBody>> {
        shown(
            try await accounts.unsuspend(
                call.parameters.id, reason: call.body.reason.text, by: principal, origin: call.origin,
                receipt: call.receipt(shown)))
    }

    @Sendable private func listSessions(
        _ call: Call<AdminUserPath, ListQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<SessionBody>>> {
        let page = try await accounts.listSessions(
            of: call.parameters.id, by: principal, page: call.query.pageRequest)
        let current = try principal.requireSession().id
        return Reply(OK(List(page.map { SessionBody($0, current: current) })))
    }

    @Sendable private func endSessions(
        _ call: Call<AdminUserPath, Nothing, OptionalReasonRequest>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await accounts.endSessions(
            of: call.parameters.id, reason: call.body.reason?.text, by: principal, origin: call.origin)
        return Reply(NoContent())
    }

    @Sendable private func resetMFA(
        _ call: Call<AdminUserPath, Nothing, ReasonRequest>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await accounts.resetSecondFactors(
            of: call.parameters.id, reason: call.body.reason.text, by: principal, origin: call.origin)
        return Reply(NoContent())
    }
}

import API
import Auth
import Core
import Flags
import HTTPTypes
import Hummingbird
import Teams

/// What can be switched while the program runs.
struct FlagRoutes: Sendable {
    let flags: FeatureFlags
    let accounts: Accounts
    let teams: Teams

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(FlagEndpoints.own, showOwn)
        try binder.signedIn(FlagEndpoints.list, list)
        try binder.signedIn(FlagEndpoints.show, show)
        try binder.signedIn(FlagEndpoints.set, set)
        try binder.signedIn(FlagEndpoints.remove, remove)
    }

    @Sendable private func showOwn(
        _ call: Call<Nothing, FlagQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<FlagValuesBody>> {
        let subject = try await teams.flagSubject(of: principal, in: call.query.team, origin: call.origin)
        return Reply(OK(FlagValuesBody(flags.values(for: subject))))
    }

    @Sendable private func list(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<FlagBody>>> {
        Reply(OK(List(try await accounts.listFlags(by: principal).map(FlagBody.init))))
    }

    @Sendable private func show(
        _ call: Call<FlagPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<FlagBody>> {
        Reply(OK(FlagBody(try await accounts.flag(call.parameters.key, by: principal))))
    }

    @Sendable private func set(
        _ call: Call<FlagPath, Nothing, SetFlagRequest>, _ principal: Principal
    ) async throws -> Reply<OK<FlagBody>> {
        let definition = FlagDefinition(
            description: call.body.description?.text ?? "", isOnByDefault: call.body.isOnByDefault ?? false,
            rules: call.body.rules?.rules.map(\.rule) ?? [])
        let flag = try await accounts.setFlag(
            call.parameters.key, to: definition, by: principal, origin: call.origin, if: isExpected(by: call))
        await refresh()
        return Reply(OK(FlagBody(flag)))
    }

    @Sendable private func remove(
        _ call: Call<FlagPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await accounts.removeFlag(
            call.parameters.key, by: principal, origin: call.origin, if: isExpected(by: call))
        await refresh()
        return Reply(NoContent())
    }

    /// Whether a flag is what the sender of `If-Match` takes it for. One that is not there is never (RFC 9110, section 13.1.1).
    private func isExpected<Query, Body>(by call: Call<FlagPath, Query, Body>) -> FlagExpectation {
        let isConditional = !call.request.headers[values: .ifMatch].isEmpty
        let matches: @Sendable (FeatureFlag) throws -> Bool = call.expects { OK(FlagBody($0)) }
        return { flag in
            guard let flag else { return !isConditional }
            return try matches(flag)
        }
    }

    /// So that whoever made the change sees it here at once; elsewhere, and where this fails, the news brings it.
    private func refresh() async {
        _ = try? await flags.refresh()
    }
}

import API
import Auth
import Core
import Hummingbird

/// The keys by which programs act for the person.
struct APIKeyRoutes: Sendable {
    let accounts: Accounts

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(APIKeyEndpoints.list, list)
        try binder.signedIn(APIKeyEndpoints.create, create)
        try binder.signedIn(APIKeyEndpoints.remove, remove)
    }

    @Sendable private func list(
        _ call: Call<Nothing, ListQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<APIKeyBody>>> {
        let page = try await accounts.listAPIKeys(of: principal, page: call.query.pageRequest)
        return Reply(OK(List(page.map(APIKeyBody.init))))
    }

    @Sendable private func create(
        _ call: Call<Nothing, Nothing, CreateAPIKeyRequest>, _ principal: Principal
    ) async throws -> Reply<Created<NewAPIKeyBody>> {
        let path = APIKeyEndpoints.list.traits.path.description
        let shown: @Sendable (NewAPIKey) -> Reply<Created<NewAPIKeyBody>> = { made in
            Reply(Created(NewAPIKeyBody(made.key, secret: made.secret.text), location: "\(path)/\(made.key.id)"))
        }
        return shown(
            try await accounts.createAPIKey(
                of: principal, name: call.body.name.text, scopes: Scopes(Set(call.body.scopes.permissions)),
                expiresAt: call.body.expiresAt, origin: call.origin, receipt: call.receipt(shown)))
    }

    @Sendable private func remove(
        _ call: Call<APIKeyParameters, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await accounts.removeAPIKey(call.parameters.id, of: principal, origin: call.origin)
        return Reply(NoContent())
    }
}

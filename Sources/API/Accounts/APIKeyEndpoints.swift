/// The keys by which programs act for the person.
public enum APIKeyEndpoints {
    public static let list = Endpoint<Nothing, ListQuery, Nothing, OK<List<APIKeyBody>>>(
        .get, "/api/v1/users/me/api-keys", id: "listAPIKeys", tag: "users",
        summary: "Lists the own API keys, newest first.", authentication: .session, errors: [.invalidCursor])

    public static let create = Endpoint<Nothing, Nothing, CreateAPIKeyRequest, Created<NewAPIKeyBody>>(
        .post, "/api/v1/users/me/api-keys", id: "createAPIKey", tag: "users",
        summary: "Makes an API key, and shows its secret this once.", authentication: .session,
        errors: [.reauthenticationRequired, .limitReached]
    ) {
        $0.carriesCredentials = true
    }

    public static let remove = Endpoint<APIKeyParameters, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/users/me/api-keys/{id}", id: "removeAPIKey", tag: "users",
        summary: "Takes an API key away, at once.", authentication: .session, errors: [.impersonating]
    ) {
        $0.entityTag = .none
    }

    public static let all: [any DescribedEndpoint] = [list, create, remove]
}

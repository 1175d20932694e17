import Core

/// The keys by which programs act in a team.
public enum TeamKeyEndpoints {
    /// How the management of keys is refused beside what every act of a team is refused for.
    private static let refusals: [ProblemCode] = TeamEndpoints.conditions + [.roleTooHigh, .limitReached]

    public static let list = Endpoint<TeamPath, ListQuery, Nothing, OK<List<TeamKeyBody>>>(
        .get, "/api/v1/teams/{team}/api-keys", id: "listTeamAPIKeys", tag: TeamEndpoints.tag,
        summary: "Lists the API keys of a team, newest first.", authentication: .permitted(.apiKeysRead),
        errors: TeamEndpoints.conditions + [.invalidCursor])

    public static let create = Endpoint<TeamPath, Nothing, CreateTeamKeyRequest, Created<NewTeamKeyBody>>(
        .post, "/api/v1/teams/{team}/api-keys", id: "createTeamAPIKey", tag: TeamEndpoints.tag,
        summary: "Makes an API key that belongs to the team, and shows its secret this once.",
        authentication: .session, errors: refusals + [.reauthenticationRequired]
    ) {
        $0.carriesCredentials = true
    }

    public static let update = Endpoint<TeamKeyPath, Nothing, UpdateTeamKeyRequest, OK<TeamKeyBody>>(
        .patch, "/api/v1/teams/{team}/api-keys/{id}", id: "updateTeamAPIKey", tag: TeamEndpoints.tag,
        summary: "Changes an API key of a team, whose secret goes on working.", authentication: .session,
        errors: refusals + [.reauthenticationRequired]
    ) {
        $0.entityTag = .none
    }

    public static let delete = Endpoint<TeamKeyPath, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/teams/{team}/api-keys/{id}", id: "deleteTeamAPIKey", tag: TeamEndpoints.tag,
        summary: "Takes an API key of a team away, at once.", authentication: .session,
        errors: TeamEndpoints.conditions + [.roleTooHigh, .impersonating]
    ) {
        $0.entityTag = .none
    }

    public static let rotate = Endpoint<TeamKeyPath, Nothing, RotateTeamKeyRequest, OK<NewTeamKeyBody>>(
        .post, "/api/v1/teams/{team}/api-keys/{id}/rotate", id: "rotateTeamAPIKey", tag: TeamEndpoints.tag,
        summary: "Gives an API key another secret, shown this once; the one before works on for the overlap.",
        authentication: .session, errors: TeamEndpoints.conditions + [.roleTooHigh, .reauthenticationRequired]
    ) {
        $0.carriesCredentials = true
    }

    public static let all: [any DescribedEndpoint] = [list, create, update, delete, rotate]
}

/// Everything that is held about a person, as an archive for that person. Also for an account about to be deleted.
public enum ExportEndpoints {
    public static let request = Endpoint<Nothing, Nothing, Nothing, Accepted<ExportBody>>(
        .post, "/api/v1/users/me/exports", id: "requestExport", tag: "users",
        summary: "Asks for an archive of everything that is held about the own account; a mail says when it is ready.",
        authentication: .session, errors: [.limitReached, .impersonating]
    ) {
        $0.acceptsEmptyBody = true
        $0.admitsPendingDeletion = true
        $0.carriesCredentials = true
    }

    public static let list = Endpoint<Nothing, ListQuery, Nothing, OK<List<ExportBody>>>(
        .get, "/api/v1/users/me/exports", id: "listExports", tag: "users",
        summary: "Lists the own exports, newest first.", authentication: .session,
        errors: [.invalidCursor, .impersonating]
    ) {
        $0.admitsPendingDeletion = true
        $0.carriesCredentials = true
        // Links differ each time.
        $0.entityTag = .none
    }

    public static let find = Endpoint<ExportParameters, Nothing, Nothing, OK<ExportBody>>(
        .get, "/api/v1/users/me/exports/{id}", id: "getExport", tag: "users",
        summary: "Shows an export, with a link to its archive once that is ready.", authentication: .session,
        errors: [.notFound, .impersonating]
    ) {
        $0.admitsPendingDeletion = true
        $0.carriesCredentials = true
        $0.entityTag = .none
    }

    public static let all: [any DescribedEndpoint] = [request, list, find]
}

import Core

/// Other people's accounts, for administrators with a second factor: reading takes a session of theirs, changing a fresh one.
public enum AdminUserEndpoints {
    public static let list = Endpoint<Nothing, AdminUserListQuery, Nothing, OK<List<AdminUserBody>>>(
        .get, "/api/v1/admin/users", id: "listUsers", tag: "admin",
        summary: "Lists accounts, newest first; by address where its beginning is given.", authentication: .superuser,
        errors: [.invalidCursor])

    public static let create = Endpoint<Nothing, Nothing, CreateUserRequest, Created<AdminUserBody>>(
        .post, "/api/v1/admin/users", id: "createUser", tag: "admin",
        summary: "Opens an account for somebody, who chooses the password by a link in a mail.",
        authentication: .superuser, errors: [.reauthenticationRequired, .emailTaken])

    public static let show = Endpoint<AdminUserPath, Nothing, Nothing, OK<AdminUserBody>>(
        .get, "/api/v1/admin/users/{id}", id: "getUser", tag: "admin", summary: "Shows an account.",
        authentication: .superuser)

    public static let update = Endpoint<AdminUserPath, Nothing, AdminUpdateUserRequest, OK<AdminUserBody>>(
        .patch, "/api/v1/admin/users/{id}", id: "updateUser", tag: "admin",
        summary: "Changes an account, or gives or takes the right to administer. Not the own.",
        authentication: .superuser, errors: [.reauthenticationRequired, .stateConflict, .versionConflict])

    public static let delete = Endpoint<AdminUserPath, Nothing, OptionalReasonRequest, Accepted<DeletionBody>>(
        .delete, "/api/v1/admin/users/{id}", id: "deleteUser", tag: "admin",
        summary: "Asks for an account to be deleted. Until its data is erased the person can bring it back.",
        authentication: .superuser, errors: [.reauthenticationRequired, .versionConflict, .soleOwner]
    ) {
        $0.acceptsEmptyBody = true
    }

    public static let suspend = Endpoint<AdminUserPath, Nothing, ReasonRequest, OK<AdminUserBody>>(
        .post, "/api/v1/admin/users/{id}/suspend", id: "suspendUser", tag: "admin",
        summary: "Closes an account until it is opened again.", authentication: .superuser,
        errors: [.reauthenticationRequired, .versionConflict])

    public static let unsuspend = Endpoint<AdminUserPath, Nothing, ReasonRequest, OK<AdminUserBody>>(
        .post, "/api/v1/admin/users/{id}/unsuspend", id: "unsuspendUser", tag: "admin",
        summary: "Opens an account again that was suspended.", authentication: .superuser,
        errors: [.reauthenticationRequired, .versionConflict])

    public static let sessions = Endpoint<AdminUserPath, ListQuery, Nothing, OK<List<SessionBody>>>(
        .get, "/api/v1/admin/users/{id}/sessions", id: "listUserSessions", tag: "admin",
        summary: "Lists the devices on which somebody is signed in, newest first.", authentication: .superuser,
        errors: [.invalidCursor])

    public static let endSessions = Endpoint<AdminUserPath, Nothing, OptionalReasonRequest, NoContent>(
        .delete, "/api/v1/admin/users/{id}/sessions", id: "endUserSessions", tag: "admin",
        summary: "Signs somebody out everywhere.", authentication: .superuser, errors: [.reauthenticationRequired]
    ) {
        $0.acceptsEmptyBody = true
        $0.entityTag = .none
    }

    public static let resetMFA = Endpoint<AdminUserPath, Nothing, ReasonRequest, NoContent>(
        .delete, "/api/v1/admin/users/{id}/mfa", id: "resetUserMFA", tag: "admin",
        summary: "Takes second factors away that somebody lost. No mail alone signs in until the person has.",
        authentication: .superuser, errors: [.reauthenticationRequired, .lastCredential, .versionConflict]
    ) {
        $0.entityTag = .none
    }

    public static let impersonate = Endpoint<AdminUserPath, Nothing, ImpersonateRequest, OK<ImpersonationBody>>(
        .post, "/api/v1/admin/users/{id}/impersonate", id: "impersonateUser", tag: "admin",
        summary: "Signs in in somebody's name for an hour.", authentication: .superuser,
        errors: [.reauthenticationRequired]
    ) {
        $0.carriesCredentials = true
    }

    public static let endImpersonation = Endpoint<Nothing, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/admin/impersonation", id: "endImpersonation", tag: "admin",
        summary: "Ends the session in somebody's name that asks.", authentication: .session, errors: [.notFound]
    ) {
        $0.entityTag = .none
        $0.carriesCredentials = true
    }

    public static let all: [any DescribedEndpoint] = [
        list, create, show, update, delete, suspend, unsuspend, sessions, endSessions, resetMFA, impersonate,
        endImpersonation,
    ]
}

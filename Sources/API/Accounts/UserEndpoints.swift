import Core

/// The own account and its sessions.
public enum UserEndpoints {
    public static let me = Endpoint<Nothing, Nothing, Nothing, OK<UserBody>>(
        .get, "/api/v1/users/me", id: "getMe", tag: "users", summary: "Shows the own account.",
        authentication: .permitted(.usersRead))

    public static let updateMe = Endpoint<Nothing, Nothing, UpdateUserRequest, OK<UserBody>>(
        .patch, "/api/v1/users/me", id: "updateMe", tag: "users", summary: "Changes the own account.",
        authentication: .permitted(.usersWrite))

    public static let deleteMe = Endpoint<Nothing, Nothing, Nothing, Accepted<DeletionBody>>(
        .delete, "/api/v1/users/me", id: "deleteMe", tag: "users",
        summary: "Asks for the own account to be deleted. Until its data is erased a sign-in can bring it back.",
        authentication: .session, errors: [.reauthenticationRequired, .versionConflict, .soleOwner])

    public static let restoreMe = Endpoint<Nothing, Nothing, Nothing, OK<UserBody>>(
        .post, "/api/v1/users/me/restore", id: "restoreMe", tag: "users",
        summary: "Takes the deletion of the own account back.", authentication: .session,
        errors: [.versionConflict, .impersonating]
    ) {
        $0.acceptsEmptyBody = true
        $0.admitsPendingDeletion = true
    }

    public static let changePassword = Endpoint<Nothing, Nothing, ChangePasswordRequest, NoContent>(
        .put, "/api/v1/users/me/password", id: "changePassword", tag: "users",
        summary: "Replaces the own password, and signs out every other device.", authentication: .session,
        errors: [.invalidCredentials, .reauthenticationRequired]
    ) {
        $0.bodyLimit = .authentication
        $0.entityTag = .none
    }

    public static let changeEmail = Endpoint<Nothing, Nothing, ChangeEmailRequest, Accepted<LinkSentResponse>>(
        .post, "/api/v1/users/me/email", id: "changeEmail", tag: "users",
        summary: "Mails a link to another address, by which the account gets it.", authentication: .session,
        errors: [.reauthenticationRequired])

    public static let sessions = Endpoint<Nothing, ListQuery, Nothing, OK<List<SessionBody>>>(
        .get, "/api/v1/users/me/sessions", id: "listSessions", tag: "users",
        summary: "Lists the devices that are signed in, newest first.", authentication: .session,
        errors: [.invalidCursor])

    public static let endOtherSessions = Endpoint<Nothing, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/users/me/sessions", id: "endOtherSessions", tag: "users",
        summary: "Signs out every device but the one that asks.", authentication: .session, errors: [.impersonating]
    ) {
        $0.entityTag = .none
    }

    public static let endSession = Endpoint<SessionParameters, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/users/me/sessions/{id}", id: "endSession", tag: "users", summary: "Signs out one device.",
        authentication: .session, errors: [.impersonating]
    ) {
        $0.entityTag = .none
    }

    public static let putAvatar = Endpoint<Nothing, Nothing, Nothing, OK<UserBody>>(
        .put, "/api/v1/users/me/avatar", id: "putAvatar", tag: "users",
        summary: "Replaces the own picture: the bytes of a PNG, JPEG, GIF or WebP of at most 1 MiB.",
        authentication: .session, errors: EndpointTraits.pictureErrors
    ) {
        $0.takesPicture()
    }

    public static let removeAvatar = Endpoint<Nothing, Nothing, Nothing, OK<UserBody>>(
        .delete, "/api/v1/users/me/avatar", id: "removeAvatar", tag: "users", summary: "Takes the own picture away.",
        authentication: .session, errors: [.versionConflict]
    ) {
        $0.entityTag = .none
    }

    public static let avatar = Endpoint<AvatarPath, Nothing, Nothing, FileContent>(
        .get, "/avatars/{user}/{version}", id: "getAvatar", tag: "users",
        summary: "A picture, for whoever has its address.", authentication: .none
    ) {
        $0.entityTag = .none
    }

    public static let all: [any DescribedEndpoint] = [
        me, updateMe, deleteMe, restoreMe, changePassword, changeEmail, sessions, endOtherSessions, endSession,
        putAvatar, removeAvatar,
        avatar,
    ]
}

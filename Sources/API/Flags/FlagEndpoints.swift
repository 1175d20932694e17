import Core

/// What can be switched while the program runs.
public enum FlagEndpoints {
    static let tag = "flags"

    public static let own = Endpoint<Nothing, FlagQuery, Nothing, OK<FlagValuesBody>>(
        .get, "/api/v1/flags", id: "getOwnFlags", tag: tag,
        summary: "Tells which flags are on for the caller, alone or in one of the own teams.",
        authentication: .session, errors: TeamEndpoints.conditions + [.notFound])

    public static let list = Endpoint<Nothing, Nothing, Nothing, OK<List<FlagBody>>>(
        .get, "/api/v1/admin/flags", id: "listFlags", tag: "admin", summary: "Lists all flags by key.",
        authentication: .superuser)

    public static let show = Endpoint<FlagPath, Nothing, Nothing, OK<FlagBody>>(
        .get, "/api/v1/admin/flags/{key}", id: "getFlag", tag: "admin", summary: "Shows a flag.",
        authentication: .superuser)

    public static let set = Endpoint<FlagPath, Nothing, SetFlagRequest, OK<FlagBody>>(
        .put, "/api/v1/admin/flags/{key}", id: "setFlag", tag: "admin",
        summary: "Makes a flag, or replaces all that was said of it. Every instance knows within a second.",
        authentication: .superuser, errors: [.reauthenticationRequired, .limitReached, .versionConflict])

    public static let remove = Endpoint<FlagPath, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/admin/flags/{key}", id: "removeFlag", tag: "admin",
        summary: "Removes a flag: the program takes what it would without it.", authentication: .superuser,
        errors: [.reauthenticationRequired, .versionConflict])

    public static let all: [any DescribedEndpoint] = [own, list, show, set, remove]
}

import Core

/// The pictures of teams, for whoever may read the team.
public enum TeamAvatarEndpoints {
    public static let put = Endpoint<TeamPath, Nothing, Nothing, OK<TeamBody>>(
        .put, "/api/v1/teams/{team}/avatar", id: "putTeamAvatar", tag: TeamEndpoints.tag,
        summary: "Replaces a team's picture: the bytes of a PNG, JPEG, GIF or WebP of at most 1 MiB.",
        authentication: .permitted(.teamWrite), errors: TeamEndpoints.conditions + EndpointTraits.pictureErrors
    ) {
        $0.takesPicture()
    }

    public static let remove = Endpoint<TeamPath, Nothing, Nothing, OK<TeamBody>>(
        .delete, "/api/v1/teams/{team}/avatar", id: "removeTeamAvatar", tag: TeamEndpoints.tag,
        summary: "Takes a team's picture away.", authentication: .permitted(.teamWrite),
        errors: TeamEndpoints.conditions + [.versionConflict]
    ) {
        $0.entityTag = .none
    }

    public static let show = Endpoint<TeamPath, TeamAvatarQuery, Nothing, Either<FileContent, NotModified>>(
        .get, "/api/v1/teams/{team}/avatar", id: "getTeamAvatar", tag: TeamEndpoints.tag,
        summary: "Shows a team's picture.", authentication: .permitted(.teamRead), errors: TeamEndpoints.conditions
    ) {
        $0.entityTag = .none
    }

    public static let all: [any DescribedEndpoint] = [put, remove, show]
}

/// What tells the address of a picture from that of the one before.
public struct TeamAvatarQuery: Codable, Sendable, Equatable {
    /// Changes with each picture, for caches and pages; what is shown is the picture that the team has now.
    public let version: LinkTokenText?

    public init(version: LinkTokenText? = nil) {
        self.version = version
    }
}

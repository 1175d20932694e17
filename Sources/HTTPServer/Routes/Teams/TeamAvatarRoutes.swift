import API
import Auth
import Core
import HTTPTypes
import Hummingbird
import Teams

/// The pictures of teams.
struct TeamAvatarRoutes: Sendable {
    let avatars: TeamAvatars

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(TeamAvatarEndpoints.put, replace)
        try binder.signedIn(TeamAvatarEndpoints.remove, remove)
        try binder.signedIn(TeamAvatarEndpoints.show, show)
    }

    @Sendable private func replace(
        _ call: Call<TeamPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<TeamBody>> {
        let access = try await call.takingPicture { content in
            try await avatars.replace(
                with: content, of: call.parameters.team, by: principal, origin: call.origin)
        }
        return Reply(OK(TeamBody(access)))
    }

    @Sendable private func remove(
        _ call: Call<TeamPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<TeamBody>> {
        Reply(OK(TeamBody(try await avatars.remove(of: call.parameters.team, by: principal, origin: call.origin))))
    }

    @Sendable private func show(
        _ call: Call<TeamPath, TeamAvatarQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<Either<FileContent, NotModified>> {
        let found = try await avatars.find(of: call.parameters.team, by: principal, origin: call.origin)
        guard let (key, info) = found else { throw ProblemError(.notFound) }
        let tag = "\"\(HexDigits.encode(info.sha256))\""
        // Kept by the browser, and asked for anew each time: who has left the team sees it no more.
        let caching = "private, no-cache"
        if EntityTag.matches(call.request.headers[values: .ifNoneMatch], tag, isWeak: true) {
            return Reply(Either<FileContent, NotModified>.second(NotModified()))
                .with(.eTag, tag).with(.cacheControl, caching)
        }
        return call.showing(
            Either<FileContent, NotModified>.first(FileContent(info)), try await body(of: info, key, call.request)
        ).with(.eTag, tag).with(.cacheControl, caching)
    }

    /// A `HEAD` opens nothing.
    private func body(of info: ObjectInfo, _ key: ObjectKey, _ request: Request) async throws -> ResponseBody {
        if request.method == .head { return ResponseBody(lengthOf: 0..<info.size) }
        // Replaced in between: the next attempt finds the new one.
        guard let reading = try await avatars.read(key) else { throw ProblemError(.unavailable) }
        return ResponseBody(reading)
    }
}

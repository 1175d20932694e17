import API
import Auth
import Core
import HTTPTypes
import Hummingbird

/// The pictures of people.
struct AvatarRoutes: Sendable {
    let avatars: Avatars

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(UserEndpoints.putAvatar, replace)
        try binder.signedIn(UserEndpoints.removeAvatar, remove)
        try binder.open(UserEndpoints.avatar, show)
    }

    @Sendable private func replace(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<UserBody>> {
        let user = try await call.takingPicture { content in
            try await avatars.replace(with: content, of: principal, origin: call.origin)
        }
        return Reply(OK(UserBody(user)))
    }

    @Sendable private func remove(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<UserBody>> {
        Reply(OK(UserBody(try await avatars.remove(of: principal, origin: call.origin))))
    }

    @Sendable private func show(_ call: Call<AvatarPath, Nothing, Nothing>) async throws -> Reply<FileContent> {
        let (user, version) = (call.parameters.user, call.parameters.version.text)
        let (info, body): (ObjectInfo, ResponseBody)
        if call.request.method == .head, let known = try await avatars.info(user: user, version: version) {
            (info, body) = (known, ResponseBody(lengthOf: 0..<known.size))
        } else if let reading = try await avatars.read(user: user, version: version) {
            (info, body) = (reading.info, ResponseBody(reading))
        } else {
            throw ProblemError(.notFound)
        }
        return call.showing(FileContent(info), body)
            // Another picture has another address.
            .with(.cacheControl, "public, max-age=31536000, immutable")
            // Pages of other origins show it too.
            .with(.crossOriginResourcePolicy, "cross-origin")
    }
}

extension Call {
    /// Hands the body on as a picture.
    /// - Throws: ``ProblemError`` for what is none, or too large; what `body` throws.
    func takingPicture<Result>(_ body: (ObjectContent) async throws -> Result) async throws -> Result {
        do {
            return try await body(try streamedBody(limit: Avatars.largest))
        } catch Avatars.Problem.tooLarge {
            throw ProblemError(.payloadTooLarge)
        } catch Avatars.Problem.noPicture {
            throw ProblemError(.unsupportedMediaType)
        }
    }

    /// A picture, which runs nothing where it is shown.
    func showing<Success>(_ answer: Success, _ body: ResponseBody) -> Reply<Success> {
        context.channel.streamsResponse()
        return Reply(answer).streaming(body)
            .with(.contentDisposition, "inline").with(.contentSecurityPolicy, FileContent.policy)
    }
}

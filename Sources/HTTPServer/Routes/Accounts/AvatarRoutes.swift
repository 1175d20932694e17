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
        do {
            let content = try call.streamedBody(limit: Avatars.largest)
            return Reply(OK(UserBody(try await avatars.replace(with: content, of: principal, origin: call.origin))))
        } catch Avatars.Problem.tooLarge {
            throw ProblemError(.payloadTooLarge)
        } catch Avatars.Problem.noPicture {
            throw ProblemError(.unsupportedMediaType)
        }
    }

    @Sendable private func remove(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<UserBody>> {
        Reply(OK(UserBody(try await avatars.remove(of: principal, origin: call.origin))))
    }

    @Sendable private func show(_ call: Call<AvatarPath, Nothing, Nothing>) async throws -> Reply<FileContent> {
        let path = call.parameters
        guard let reading = try await avatars.read(user: path.user.description, version: path.version.text) else {
            throw ProblemError(.notFound)
        }
        return Reply(FileContent(reading)).streaming(ResponseBody(reading))
            // Another picture has another address.
            .with(.cacheControl, "public, max-age=31536000, immutable")
            .with(.contentDisposition, "inline").with(.contentSecurityPolicy, FileContent.policy)
    }
}

import API
import Auth
import Core
import HTTPTypes
import Hummingbird

/// The own account and its sessions.
struct UserRoutes: Sendable {
    let accounts: Accounts

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(UserEndpoints.me, show)
        try binder.signedIn(UserEndpoints.updateMe, update)
        try binder.signedIn(UserEndpoints.deleteMe, delete)
        try binder.signedIn(UserEndpoints.restoreMe, restore)
        try binder.signedIn(UserEndpoints.changePassword, changePassword)
        try binder.signedIn(UserEndpoints.changeEmail, changeEmail)
        try binder.signedIn(UserEndpoints.sessions, listSessions)
        try binder.signedIn(UserEndpoints.endOtherSessions, endOtherSessions)
        try binder.signedIn(UserEndpoints.endSession, endSession)
    }

    @Sendable private func show(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<UserBody>> {
        Reply(OK(UserBody(principal.user)))
    }

    @Sendable private func update(
        _ call: Call<Nothing, Nothing, UpdateUserRequest>, _ principal: Principal
    ) async throws -> Reply<OK<UserBody>> {
        let changes = ProfileChanges(
            firstName: call.body.firstName, lastName: call.body.lastName, language: call.body.locale,
            timeZone: call.body.timeZone)
        let user = try await accounts.updateProfile(
            changes, of: principal, origin: call.origin, if: call.expects { OK(UserBody($0)) })
        return Reply(OK(UserBody(user)))
    }

    @Sendable private func delete(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<Accepted<DeletionBody>> {
        let purgeAt = try await accounts.requestDeletion(
            of: principal, origin: call.origin, if: call.expects { OK(UserBody($0)) })
        return Reply(Accepted(DeletionBody(purgeAt: purgeAt)))
    }

    @Sendable private func restore(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<UserBody>> {
        let shown: @Sendable (User) -> Reply<OK<UserBody>> = { Reply(OK(UserBody($0))) }
        return shown(try await accounts.restore(principal, origin: call.origin, receipt: call.receipt(shown)))
    }

    @Sendable private func changePassword(
        _ call: Call<Nothing, Nothing, ChangePasswordRequest>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        do {
            try await accounts.changePassword(
                of: principal, from: call.body.currentPassword?.text, to: call.body.newPassword.text,
                origin: call.origin)
        } catch AuthError.passwordRejected(let problems) {
            throw ProblemError(
                .validationFailed, errors: problems.map { ValidationError($0, pointer: "/new_password") })
        }
        return Reply(NoContent())
    }

    @Sendable private func changeEmail(
        _ call: Call<Nothing, Nothing, ChangeEmailRequest>, _ principal: Principal
    ) async throws -> Reply<Accepted<LinkSentResponse>> {
        let done = Reply(Accepted(LinkSentResponse()))
        try await accounts.requestEmailChange(
            of: principal, to: call.body.newEmail, origin: call.origin, receipt: call.receipt { done })
        return done
    }

    @Sendable private func listSessions(
        _ call: Call<Nothing, ListQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<SessionBody>>> {
        let page = try await accounts.listSessions(of: principal, page: call.query.pageRequest)
        let current = try principal.requireSession().id
        return Reply(OK(List(page.map { SessionBody($0, current: current) })))
    }

    @Sendable private func endOtherSessions(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await accounts.revokeOtherSessions(by: principal, origin: call.origin)
        return Reply(NoContent())
    }

    @Sendable private func endSession(
        _ call: Call<SessionParameters, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await accounts.revokeSession(call.parameters.id, by: principal, origin: call.origin)
        return Reply(NoContent())
    }
}

public import Core
public import Persistence

/// Which of a person's sessions a sign-out ends.
public enum SignOutScope: String, Sendable, CaseIterable {
    /// The one it is asked through.
    case local
    /// All but that.
    case others
    /// All.
    case global
}

extension Accounts {
    /// Ends sessions of the person, at once and on every instance. Allowed to an account on its way to deletion.
    /// - Throws: ``AuthError/sessionRequired``; ``AuthError/impersonating`` when somebody who acts in the person's name wants
    ///   to end more than that.
    public func signOut(
        _ principal: Principal, scope: SignOutScope = .local, origin: RequestOrigin, receipt: Receipt<Void>? = nil
    ) async throws {
        let session = try principal.requireSession().id
        guard scope == .local || principal.impersonatorID == nil else { throw AuthError.impersonating }
        switch scope {
        case .local:
            _ = try await end(
                session, of: principal.user.id, reason: .signedOut, actor: .principal(principal), origin: origin,
                receipt: receipt?.mapping { _ in })
        case .others:
            _ = try await endAll(
                of: principal, except: session, reason: .signedOut, origin: origin,
                receipt: receipt?.mapping { _ in })
        case .global:
            _ = try await endAll(
                of: principal, except: nil, reason: .signedOut, origin: origin, receipt: receipt?.mapping { _ in })
        }
    }

    /// Ends the session that a refresh token belongs to, used or not: what is left of a browser whose access token has
    /// run out. Does nothing about a token that is none of ours.
    public func signOut(refreshToken: String, origin: RequestOrigin) async throws {
        guard let token = RefreshToken(refreshToken), token.isAuthentic(keys),
            let (session, _) = try await database.scoped(.system).sessions.refreshState(of: token.sessionID)
        else { return }
        _ = try await end(
            session.id, of: session.userID, reason: .signedOut, actor: .holder(of: session), origin: origin)
    }
}

public import Auth
public import Core

extension Teams {
    /// For whom flags are asked: the person alone, or in one of the own teams, with its plan.
    /// - Throws: ``TeamError/notFound`` for a team that the person is not in, administrators of the installation included; as
    ///   ``find(_:by:needing:origin:)``.
    public func flagSubject(
        of principal: Principal, in id: ID<Team>?, origin: RequestOrigin
    ) async throws -> FlagSubject {
        try principal.requireActive()
        guard let id else { return FlagSubject(principal.user) }
        let access = try await find(id, by: principal, origin: origin)
        guard access.member != nil else { throw TeamError.notFound }
        return FlagSubject(principal.user, team: id, plan: try await entitlements.plan(of: id))
    }
}

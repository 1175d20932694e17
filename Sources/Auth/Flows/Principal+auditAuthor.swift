public import Core

extension Principal {
    /// Who this is, for the audit rows of acts outside Auth.
    public func author(from origin: RequestOrigin) -> AuditAuthor {
        let actor = AuditActor.principal(self)
        return AuditAuthor(user: user.id, impersonator: actor.impersonator, origin: origin)
    }
}

import Core

/// Who does something, as audit rows tell it. Made of what somebody is signed in by, so that no row of a session in which an
/// administrator acts as somebody else can leave the administrator out.
struct AuditActor: Sendable, Equatable {
    /// Nil when nobody is signed in.
    let user: ID<User>?
    /// The administrator who acts as ``user``, if one does.
    let impersonator: ID<User>?

    private init(user: ID<User>?, impersonator: ID<User>?) {
        self.user = user
        self.impersonator = impersonator
    }

    static let nobody = AuditActor(user: nil, impersonator: nil)

    /// Somebody who has just shown who they are.
    static func signingIn(_ user: ID<User>) -> AuditActor {
        AuditActor(user: user, impersonator: nil)
    }

    static func holder(of session: Session) -> AuditActor {
        AuditActor(user: session.userID, impersonator: session.impersonatorID)
    }

    static func principal(_ principal: Principal) -> AuditActor {
        AuditActor(user: principal.user.id, impersonator: principal.impersonatorID)
    }
}

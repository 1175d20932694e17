import API
import Core
import Teams

extension ProblemError {
    init(team error: TeamError) {
        switch error {
        case .notFound: self.init(.notFound)
        case .forbidden: self.init(.forbidden)
        case .roleTooHigh: self.init(.roleTooHigh)
        case .secondFactorRequired: self.init(.secondFactorRequired)
        case .addressNotAllowed: self.init(.addressNotAllowed)
        case .shutsOutOneself: self.init(.lockout)
        case .lastOwner: self.init(.lastOwner)
        case .slugTaken: self.init(.slugTaken)
        case .roleNameTaken: self.init(.roleNameTaken)
        case .unknownRole: self.init(.validationFailed, errors: [ValidationError(pointer: "/role", .invalid(.role))])
        case .roleInUse: self.init(.roleInUse)
        case .unknownResourceType(let types):
            self.init(
                .validationFailed,
                errors: [ValidationError(pointer: "/resource_type", .notAllowed(types.map(\.rawValue)))])
        case .notGrantable(let permissions):
            self.init(
                .validationFailed,
                errors: [ValidationError(pointer: "/permission", .notAllowed(permissions.map(\.rawValue)))])
        case .alreadyGranted: self.init(.alreadyGranted)
        case .notMember: self.init(.validationFailed, errors: [ValidationError(pointer: "/user_id", .invalid(.member))])
        case .alreadyMember: self.init(.alreadyMember)
        case .alreadyInvited: self.init(.alreadyInvited)
        case .invitationUnavailable: self.init(.invitationUnavailable)
        case .emailMismatch: self.init(.emailMismatch)
        case .emailNotVerified: self.init(.emailNotVerified)
        case .upgradeRequired(let limit, let used):
            self.init(.upgradeRequired, limit: Problem.PlanLimit(limit: limit, used: used))
        case .domainUnsuitable:
            self.init(.validationFailed, errors: [ValidationError(pointer: "/domain", .invalid(.ownDomain))])
        case .domainExists: self.init(.domainExists)
        case .domainTaken: self.init(.domainTaken)
        case .domainExpired: self.init(.domainExpired)
        case .recordMissing: self.init(.recordMissing)
        case .recordsUnavailable: self.init(.unavailable, retryAfter: .seconds(10))
        case .expiryPassed:
            self.init(.validationFailed, errors: [ValidationError(pointer: "/expires_at", .invalid(.timeToCome))])
        case .throttled(let retryAfter): self.init(.rateLimited, retryAfter: retryAfter)
        case .tooMany: self.init(.limitReached)
        case .preconditionFailed: self.init(.preconditionFailed)
        }
    }
}

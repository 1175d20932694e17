import Core

/// What the acts of accounts leave in the audit log. The raw values are part of stored rows.
enum AuditAction: String {
    case userRegistered = "user.registered"
    case userCreatedByCommand = "user.created_by_command"
    /// An administrator opened it for somebody else.
    case userCreated = "user.created"
    /// Someone registered with an address that has an account.
    case registrationRepeated = "user.registration_repeated"
    case verificationRequested = "user.verification_requested"
    case emailVerified = "user.email_verified"
    case passwordResetRequested = "user.password_reset_requested"
    case passwordReset = "user.password_reset"
    case passwordChanged = "user.password_changed"
    case emailChangeRequested = "user.email_change_requested"
    case emailChanged = "user.email_changed"
    case emailChangeUndone = "user.email_change_undone"
    case signInLinkRequested = "user.sign_in_link_requested"
    case secondFactorEnabled = "user.second_factor_enabled"
    case secondFactorDisabled = "user.second_factor_disabled"
    case recoveryCodesReplaced = "user.recovery_codes_replaced"
    case recoveryCodeUsed = "user.recovery_code_used"
    case apiKeyCreated = "api_key.created"
    case apiKeyRemoved = "api_key.removed"
    case identityLinked = "identity.linked"
    case identityUnlinked = "identity.unlinked"
    case passkeyAdded = "passkey.added"
    case passkeyRemoved = "passkey.removed"
    case userUpdated = "user.updated"
    /// ``AuditEvent/suspension``.
    case userSuspended = "user.suspended"
    case userUnsuspended = "user.unsuspended"
    /// An administrator began to act in the person's name.
    case userImpersonated = "user.impersonated"
    case superuserGranted = "user.superuser_granted"
    case superuserRevoked = "user.superuser_revoked"
    /// An administrator took the second factors away.
    case secondFactorsReset = "user.second_factors_reset"
    case deletionRequested = "user.deletion_requested"
    case userRestored = "user.restored"
    case userPurged = "user.purged"
    /// A team's primary owner was purged; in the team's log, as when ownership moves by hand.
    case ownershipTransferred = "team.ownership_transferred"
    /// Somebody who was purged was in a team; in the team's log, as when a member is removed by hand.
    case memberRemoved = "member.removed"
    case flagCreated = "flag.created"
    case flagUpdated = "flag.updated"
    case flagDeleted = "flag.deleted"
    case exportRequested = "data_export.requested"
    case sessionCreated = "session.created"
    case sessionReauthenticated = "session.reauthenticated"
    case sessionRevoked = "session.revoked"
    case refreshTokenReused = "session.reuse_detected"
}

/// Who did something and from where, as the audit rows of one act share it.
struct AuditContext: Sendable {
    let actor: AuditActor
    /// Whose log it belongs to; nil for nobody's.
    let owner: ID<User>?
    let origin: RequestOrigin
    let time: Timestamp
    let randomness: Randomness

    func event<Target>(
        _ action: AuditAction, on targetType: String, _ target: ID<Target>?, changes: [String: String] = [:],
        personal: [String: String] = [:]
    ) -> AuditEvent {
        event(action, on: targetType, named: target?.description, changes: changes, personal: personal)
    }

    /// On something that has a name in place of an id.
    func event(
        _ action: AuditAction, on targetType: String, named target: String?, changes: [String: String] = [:],
        personal: [String: String] = [:]
    ) -> AuditEvent {
        AuditEvent(
            id: .make(at: time, randomness: randomness), action: action.rawValue, actorID: actor.user,
            impersonatorID: actor.impersonator, userID: owner, targetType: targetType, targetID: target,
            origin: origin, changes: changes, personal: personal, createdAt: time)
    }

    func event(
        user: ID<User>?, _ action: AuditAction, changes: [String: String] = [:], personal: [String: String] = [:]
    ) -> AuditEvent {
        event(action, on: "user", user, changes: changes, personal: personal)
    }

    func event(session: ID<Session>?, _ action: AuditAction, changes: [String: String] = [:]) -> AuditEvent {
        event(action, on: "session", session, changes: changes)
    }
}

extension Accounts {
    func audit(by actor: AuditActor, owner: ID<User>?, origin: RequestOrigin, at time: Timestamp) -> AuditContext {
        AuditContext(actor: actor, owner: owner, origin: origin, time: time, randomness: randomness)
    }

    /// The context of what somebody signed in does to the own account.
    func audit(by principal: Principal, origin: RequestOrigin, at time: Timestamp) -> AuditContext {
        audit(by: .principal(principal), owner: principal.user.id, origin: origin, at: time)
    }
}

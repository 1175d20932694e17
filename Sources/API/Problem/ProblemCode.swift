/// Every way in which a request can end badly, as callers tell them apart. A code never changes its meaning.
public enum ProblemCode: String, Sendable, CaseIterable, Codable {
    case malformedRequest = "malformed_request"
    case invalidToken = "invalid_token"
    case invalidCursor = "invalid_cursor"
    case invalidSignature = "invalid_signature"
    case invalidCredentials = "invalid_credentials"
    case unauthenticated
    case sessionExpired = "session_expired"
    case sessionRevoked = "session_revoked"
    case refreshInvalid = "refresh_invalid"
    case refreshReused = "refresh_reused"
    case invalidCode = "invalid_code"
    case forbidden
    case csrfFailed = "csrf_failed"
    case emailNotVerified = "email_not_verified"
    case accountSuspended = "account_suspended"
    case accountPendingDeletion = "account_pending_deletion"
    case reauthenticationRequired = "reauthentication_required"
    case secondFactorRequired = "second_factor_required"
    case impersonating
    case registrationClosed = "registration_closed"
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case notAcceptable = "not_acceptable"
    case requestTimeout = "request_timeout"
    case emailTaken = "email_taken"
    case idempotencyInProgress = "idempotency_in_progress"
    case versionConflict = "version_conflict"
    case stateConflict = "state_conflict"
    case limitReached = "limit_reached"
    case lastCredential = "last_credential"
    case soleOwner = "sole_owner"
    case lastOwner = "last_owner"
    case alreadyMember = "already_member"
    case alreadyInvited = "already_invited"
    case invitationUnavailable = "invitation_unavailable"
    case domainExists = "domain_exists"
    case domainTaken = "domain_taken"
    case domainExpired = "domain_expired"
    case recordMissing = "record_missing"
    case emailMismatch = "email_mismatch"
    case upgradeRequired = "upgrade_required"
    case slugTaken = "slug_taken"
    case roleNameTaken = "role_name_taken"
    case roleInUse = "role_in_use"
    case webhookPaused = "webhook_paused"
    case roleTooHigh = "role_too_high"
    case alreadyGranted = "already_granted"
    case addressNotAllowed = "address_not_allowed"
    case lockout
    case passkeysUnavailable = "passkeys_unavailable"
    case providerFailed = "provider_failed"
    case tokenExpired = "token_expired"
    case challengeExpired = "challenge_expired"
    case lengthRequired = "length_required"
    case preconditionFailed = "precondition_failed"
    case payloadTooLarge = "payload_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case rangeNotSatisfiable = "range_not_satisfiable"
    case validationFailed = "validation_failed"
    case idempotencyMismatch = "idempotency_mismatch"
    case rateLimited = "rate_limited"
    case headersTooLarge = "headers_too_large"
    case hostRequired = "host_required"
    case deadlineExceeded = "deadline_exceeded"
    case internalError = "internal_error"
    case overloaded
    case unavailable
}

extension ProblemCode {
    /// The HTTP status it is answered with.
    public var status: Int {
        switch self {
        case .malformedRequest, .hostRequired, .invalidToken, .invalidCursor, .invalidSignature: 400
        case .invalidCredentials, .unauthenticated, .sessionExpired, .sessionRevoked, .refreshInvalid, .refreshReused,
            .invalidCode:
            401
        case .forbidden, .csrfFailed, .emailNotVerified, .accountSuspended, .accountPendingDeletion,
            .reauthenticationRequired, .secondFactorRequired, .impersonating, .registrationClosed,
            .roleTooHigh, .addressNotAllowed, .emailMismatch, .upgradeRequired:
            403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .requestTimeout: 408
        case .emailTaken, .idempotencyInProgress, .stateConflict, .versionConflict, .limitReached,
            .lastCredential, .passkeysUnavailable, .soleOwner, .lastOwner, .slugTaken, .roleNameTaken, .roleInUse,
            .lockout, .alreadyGranted, .alreadyMember, .alreadyInvited, .domainExists, .domainTaken, .recordMissing,
            .webhookPaused:
            409
        case .tokenExpired, .challengeExpired, .invitationUnavailable, .domainExpired: 410
        case .lengthRequired: 411
        case .preconditionFailed: 412
        case .payloadTooLarge: 413
        case .unsupportedMediaType: 415
        case .rangeNotSatisfiable: 416
        case .validationFailed, .idempotencyMismatch: 422
        case .rateLimited: 429
        case .headersTooLarge: 431
        case .internalError: 500
        case .providerFailed: 502
        case .deadlineExceeded, .overloaded, .unavailable: 503
        }
    }

    /// What identifies the kind of problem (the `type` of RFC 9457); names it, leads nowhere.
    public var type: String { "urn:plinth:problem:\(rawValue)" }
}

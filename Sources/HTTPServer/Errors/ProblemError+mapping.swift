import API
import Auth
import HTTPTypes
import Hummingbird
import Jobs
import NIOCore
import Persistence
import Teams
import Webhooks

extension ProblemError {
    /// The one place where errors become answers.
    /// - Returns: nil for what nobody expected, which is logged and answered without a word about it.
    static func mapping(_ error: any Error) -> ProblemError? {
        switch error {
        case let error as ProblemError: error
        case let error as AuthError: ProblemError(auth: error)
        case let error as TeamError: ProblemError(team: error)
        case let error as WebhookError: ProblemError(webhook: error)
        case let error as ValidationError: ProblemError(.validationFailed, errors: [error])
        case let error as DatabaseError: ProblemError(database: error)
        case let error as OpenIDProblem: ProblemError(error.kind == .refused ? .invalidCredentials : .providerFailed)
        case let error as InputFailure: ProblemError(error.problemCode, errors: error.errors)
        case is JobRefusal: ProblemError(.stateConflict)
        case is AccessTokenIssuer.NoSigningKey: ProblemError(.unavailable, retryAfter: .seconds(1))
        case is NIOTooManyBytesError: ProblemError(.payloadTooLarge)
        case let error as HTTPError where error.status == .contentTooLarge: ProblemError(.payloadTooLarge)
        case let error as HTTPError where error.status == .notFound: ProblemError(.notFound)
        case let error as HTTPError where error.status == .badRequest: ProblemError(.malformedRequest)
        default: nil
        }
    }

    private init(auth error: AuthError) {
        switch error {
        case .invalidCredentials: self.init(.invalidCredentials)
        case .emailNotVerified: self.init(.emailNotVerified)
        case .accountSuspended: self.init(.accountSuspended)
        case .accountPendingDeletion: self.init(.accountPendingDeletion)
        case .emailTaken: self.init(.emailTaken)
        case .passwordRejected(let problems): self.init(.validationFailed, errors: problems.map { ValidationError($0) })
        case .throttled(let retryAfter): self.init(.rateLimited, retryAfter: retryAfter)
        case .overloaded(let retryAfter): self.init(.overloaded, retryAfter: retryAfter)
        case .refreshInvalid: self.init(.refreshInvalid)
        case .refreshReused: self.init(.refreshReused)
        case .sessionExpired: self.init(.sessionExpired)
        case .sessionRevoked: self.init(.sessionRevoked)
        case .unauthenticated: self.init(.unauthenticated)
        case .invalidToken: self.init(.invalidToken)
        case .tokenExpired: self.init(.tokenExpired)
        case .reauthenticationRequired: self.init(.reauthenticationRequired)
        case .invalidCode: self.init(.invalidCode)
        case .challengeExpired: self.init(.challengeExpired)
        case .secondFactorEnabled, .notFitForRight: self.init(.stateConflict)
        case .sessionRequired, .forbidden: self.init(.forbidden)
        case .impersonating: self.init(.impersonating)
        case .secondFactorRequired: self.init(.secondFactorRequired)
        case .reasonRejected:
            self.init(.validationFailed, errors: [ValidationError(pointer: "/reason", .invalid(.reason))])
        case .tooManyAPIKeys, .tooManyExports, .tooManyFlags: self.init(.limitReached)
        case .expiryPassed:
            self.init(.validationFailed, errors: [ValidationError(pointer: "/expires_at", .invalid(.timeToCome))])
        case .lastCredential: self.init(.lastCredential)
        case .soleOwner: self.init(.soleOwner)
        case .tooManyPasskeys: self.init(.limitReached)
        case .passkeysUnavailable: self.init(.passkeysUnavailable)
        case .signInDeclined: self.init(.invalidCredentials)
        case .passkeyRejected:
            self.init(.validationFailed, errors: [ValidationError(pointer: "/credential", .invalid(.passkey))])
        case .emailUnchanged:
            self.init(.validationFailed, errors: [ValidationError(pointer: "/new_email", .invalid(.otherEmail))])
        case .preconditionFailed: self.init(.preconditionFailed)
        case .versionConflict: self.init(.versionConflict)
        case .notFound: self.init(.notFound)
        }
    }

    private init?(database error: DatabaseError) {
        switch error {
        case .notFound: self.init(.notFound)
        case .versionConflict, .serializationFailure: self.init(.versionConflict)
        case .unavailable(let retryAfter): self.init(.unavailable, retryAfter: retryAfter)
        case .outcomeUnknown: self.init(.unavailable, retryAfter: .seconds(1))
        case .duplicate, .nestedTransaction, .unexpected: return nil
        }
    }
}

extension ValidationError {
    init(_ problem: PasswordProblem, pointer: String = "/password") {
        let reason: PasswordRejection =
            switch problem {
            case .tooShort(let minimum): .tooShort(minimum: minimum)
            case .tooLong(let maximum): .tooLong(maximum: maximum)
            case .common: .tooCommon
            case .containsContext: .tooEasyToGuess
            }
        self.init(pointer: pointer, .passwordRejected(reason))
    }
}

extension ProblemCode {
    /// What happened in a few words, and what to do about it.
    var english: (title: String, detail: String) {
        switch self {
        case .malformedRequest:
            (
                "Malformed request",
                "The request could not be read. Check its syntax and headers, and send it again."
            )
        case .invalidToken: ("Invalid token", "This link or token does not work. Ask for a new one.")
        case .invalidSignature:
            (
                "Invalid signature",
                "Check that the public key in the server's settings is the one that the sender shows, and the clocks."
            )
        case .invalidCursor:
            (
                "Invalid cursor",
                "Start the list again without a cursor, or give the next_cursor of a page unchanged."
            )
        case .invalidCredentials:
            (
                "Wrong credentials",
                "The e-mail address or the password is wrong. Check both and try again."
            )
        case .unauthenticated: ("Not signed in", "Sign in, or refresh the access token, and send the request again.")
        case .sessionExpired: ("Session expired", "The session has ended. Sign in again.")
        case .sessionRevoked: ("Session ended", "The session was ended from elsewhere. Sign in again.")
        case .refreshInvalid: ("Invalid refresh token", "The refresh token is unknown. Sign in again.")
        case .refreshReused:
            (
                "Refresh token used twice",
                "The refresh token was used before, so the session was ended for safety. Sign in again."
            )
        case .invalidCode:
            (
                "Wrong code",
                "The code is wrong, too old or used before. Wait for the next one, or use a recovery code."
            )
        case .challengeExpired:
            (
                "Too late",
                "This step took too long, was tried too often or was done before. Begin again."
            )
        case .limitReached:
            (
                "Too many",
                "There are as many of these as there may be. Remove one that is no longer used, and try again."
            )
        case .lastCredential:
            (
                "The last way to sign in",
                "Without it you could not sign in. Set a password or add another way first."
            )
        case .passkeysUnavailable:
            (
                "No passkeys here",
                "Browsers allow passkeys only at a domain with https. Ask the operator for one, or use a password."
            )
        case .providerFailed:
            (
                "The provider does not answer",
                "The service that you sign in with does not answer as it should. Try again in a minute."
            )
        case .forbidden: ("Not allowed", "You may not do this. Ask somebody with the right to do it.")
        case .csrfFailed:
            (
                "Foreign origin",
                "The request did not come from a page of this service. Open the service itself and try again."
            )
        case .emailNotVerified:
            (
                "E-mail address not verified",
                "Open the link in the mail that was sent to you, or ask for a new one, then sign in."
            )
        case .accountSuspended: ("Account suspended", "This account was suspended. Write to support.")
        case .accountPendingDeletion:
            (
                "Account about to be deleted",
                "This account is about to be deleted. Restore it to go on, export its data or sign out."
            )
        case .reauthenticationRequired:
            (
                "Sign-in too long ago",
                "Confirm who you are by your password or second factor, then send the request again."
            )
        case .secondFactorRequired:
            (
                "Second factor needed",
                "Switch on two-step sign-in for your account, then send the request again."
            )
        case .impersonating:
            (
                "Only by the person",
                "You act in somebody else's name, and this is for that person alone. End it to act as yourself."
            )
        case .registrationClosed:
            (
                "Registration closed",
                "New accounts need an invitation. Ask somebody who has an account for one."
            )
        case .notFound:
            (
                "Not found",
                "There is nothing here, or not for you. Check the address and with whom you are signed in."
            )
        case .methodNotAllowed: ("Method not allowed", "Use one of the methods in the Allow header.")
        case .notAcceptable: ("Not acceptable", "Accept application/json.")
        case .hostRequired: ("Host missing", "Send the request with exactly one Host header.")
        case .deadlineExceeded: ("Out of time", "The request took too long to answer. Try again later.")
        case .stateConflict:
            (
                "Not in this state",
                "What was asked for is not possible in the state this is in. Look at it again."
            )
        case .requestTimeout: ("Request too slow", "The request took too long to arrive. Send it again.")
        case .emailTaken:
            (
                "E-mail address taken",
                "An account with this address exists. Sign in, or choose another address."
            )
        case .idempotencyInProgress:
            (
                "Request in progress",
                "The first request with this Idempotency-Key is still running. Wait a moment and send it again."
            )
        case .versionConflict:
            (
                "Changed in between",
                "Somebody else changed this in between. Load it again and repeat your change."
            )
        case .tokenExpired: ("Token expired", "This link or token is too old. Ask for a new one.")
        case .lengthRequired:
            (
                "Length required",
                "Send Content-Length: without it nobody can tell whether all of the body came."
            )
        case .preconditionFailed:
            (
                "Changed in between",
                "The resource no longer has the entity tag in If-Match. Load it again and repeat your change."
            )
        case .payloadTooLarge: ("Body too large", "Send a smaller body.")
        case .rangeNotSatisfiable:
            (
                "Range not satisfiable",
                "Ask for bytes that the file has; Content-Range says how many there are."
            )
        case .unsupportedMediaType:
            (
                "Unsupported media type",
                "Send JSON as application/json in UTF-8, a picture as PNG, JPEG, GIF or WebP, without content encoding."
            )
        case .validationFailed: ("Invalid fields", "Correct the fields listed in errors and send the request again.")
        case .idempotencyMismatch:
            (
                "Idempotency-Key used otherwise",
                "This Idempotency-Key came with another request before. Use a new key."
            )
        case .rateLimited: ("Too many requests", "Wait as long as Retry-After says, then try again.")
        case .headersTooLarge: ("Headers too large", "Send fewer or shorter headers; deleting cookies often helps.")
        case .internalError:
            (
                "Internal error",
                "Something went wrong on our side. Try again, and give support the request_id if it stays."
            )
        case .overloaded:
            (
                "Overloaded",
                "The service has too much to do. Wait as long as Retry-After says, then try again."
            )
        case .unavailable:
            (
                "Unavailable",
                "A part of the service can't be reached. Wait as long as Retry-After says, then try again."
            )
        default: englishOfTeams
        }
    }
}

import API
import Auth
import Core
import Hummingbird

/// How a sign-in is answered, whatever it was done with.
struct SignInReply: Sendable {
    let cookies: CookieNames
    let request: Request
    let time: TimeSource

    /// The answer to a first factor that was right.
    @Sendable func outcome(_ outcome: SignInOutcome) -> Reply<SignedIn> {
        switch outcome {
        case .signedIn(let result):
            let tokens = tokens(of: result)
            return Reply(.first(OK(tokens.login(result.user)))).setting(cookies: tokens.cookies(device: result.device))
        case .secondFactorRequired(let wanted):
            let body = MFARequiredResponse(
                mfaToken: wanted.token, factors: wanted.factors.compactMap { FactorBody(rawValue: $0.rawValue) },
                expiresIn: Int((wanted.expiresAt - time.now()).components.seconds))
            return Reply(.second(OK(body)))
        }
    }

    /// The answer to the last factor.
    @Sendable func result(_ result: SignInResult) -> Reply<OK<LoginResponse>> {
        let tokens = tokens(of: result)
        return Reply(OK(tokens.login(result.user))).setting(cookies: tokens.cookies(device: result.device))
    }

    private func tokens(of result: SignInResult) -> SessionTokens {
        SessionTokens(result.tokens, cookies: cookies, isBrowser: request.isFromBrowser)
    }
}

extension CookieNames {
    /// The device of a request, by the mark in its cookie.
    /// - Throws: As ``value(of:in:)``.
    func device(of request: Request, named name: DeviceNameText?) throws -> SignInDevice {
        SignInDevice(name: name?.text, mark: try value(of: device, in: request).flatMap { DeviceToken($0) })
    }
}

extension SecondFactorAnswer {
    /// What a body answers with.
    /// - Throws: ``ProblemError`` unless it is exactly one.
    init(code: CodeText?, recoveryCode: CodeText?) throws {
        switch (code, recoveryCode) {
        case (let code?, nil): self = .code(code.text)
        case (nil, let code?): self = .recoveryCode(code.text)
        case (nil, nil):
            throw ProblemError(.validationFailed, errors: [ValidationError(pointer: "/code", .required)])
        case (_?, _?):
            throw ProblemError(.validationFailed, errors: [ValidationError(pointer: "/recovery_code", .notTogether)])
        }
    }
}

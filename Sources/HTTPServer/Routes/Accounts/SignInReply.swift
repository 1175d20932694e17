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
            return Reply(.first(OK(tokens.login(result.user)))).setting(cookies: setting(result, tokens))
        case .secondFactorRequired(let wanted):
            let body = MFARequiredResponse(
                mfaToken: wanted.token, factors: wanted.factors.compactMap { FactorBody(rawValue: $0.rawValue) },
                expiresIn: Int(lifetime(of: wanted).components.seconds))
            return Reply(.second(OK(body)))
        }
    }

    /// The answer to the last factor.
    @Sendable func result(_ result: SignInResult) -> Reply<OK<LoginResponse>> {
        let tokens = tokens(of: result)
        return Reply(OK(tokens.login(result.user))).setting(cookies: setting(result, tokens))
    }

    /// The cookies of a browser that goes on elsewhere, and where.
    func redirect(_ outcome: SignInOutcome, to target: String, forSecondFactor page: String) -> Reply<Found> {
        switch outcome {
        case .signedIn(let result):
            return Reply(Found(target)).setting(cookies: setting(result, tokens(of: result)))
        case .secondFactorRequired(let wanted):
            return Reply(Found(page))
                .setting(cookies: [cookies.set(cookies.secondFactor, to: wanted.token, for: lifetime(of: wanted))])
        }
    }

    /// Those of the session, and an end to what led to it.
    private func setting(_ result: SignInResult, _ tokens: SessionTokens) -> [String] {
        let spent = [cookies.link, cookies.secondFactor].filter { name in
            !CookieHeader.values(of: name, in: request.headers[values: .cookie]).isEmpty
        }
        return tokens.cookies(device: result.device) + spent.map(cookies.clear)
    }

    private func lifetime(of wanted: SecondFactorRequest) -> Duration { wanted.expiresAt - time.now() }

    private func tokens(of result: SignInResult) -> SessionTokens {
        SessionTokens(result.tokens, cookies: cookies, isBrowser: request.isFromBrowser)
    }
}

extension CookieNames {
    /// The device of a request, by what it has in its cookies.
    /// - Throws: As ``value(of:in:)``.
    func device(of request: Request, named name: DeviceNameText?) throws -> SignInDevice {
        SignInDevice(
            name: name?.text, mark: try value(of: device, in: request).flatMap { DeviceToken($0) },
            pendingLink: try value(of: link, in: request))
    }
}

extension SecondFactorAnswer {
    /// What a body answers with.
    /// - Throws: ``ProblemError`` unless it is exactly one.
    init(code: CodeText?, recoveryCode: CodeText?, passkey: PasskeyUsedBody?) throws {
        let answers: [(pointer: String, answer: SecondFactorAnswer)] = [
            code.map { ("/code", .code($0.text)) }, recoveryCode.map { ("/recovery_code", .recoveryCode($0.text)) },
            passkey.map { ("/passkey", .passkey(PasskeyAssertion($0))) },
        ].compactMap(\.self)
        guard let first = answers.first else {
            throw ProblemError(.validationFailed, errors: [ValidationError(pointer: "/code", .required)])
        }
        guard answers.count == 1 else {
            throw ProblemError(
                .validationFailed,
                errors: answers.dropFirst().map { ValidationError(pointer: $0.pointer, .notTogether) })
        }
        self = first.answer
    }
}

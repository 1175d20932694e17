import API
import Auth
import Core

/// The tokens of a session on their way out: always as cookies, in the body only for callers that are no browser.
struct SessionTokens {
    private let tokens: TokenPair
    private let names: CookieNames
    private let isBrowser: Bool

    init(_ tokens: TokenPair, cookies: CookieNames, isBrowser: Bool) {
        self.tokens = tokens
        names = cookies
        self.isBrowser = isBrowser
    }

    var response: TokenResponse {
        TokenResponse(
            accessToken: inBody(tokens.accessToken), refreshToken: inBody(tokens.refreshToken), expiresIn: expiresIn)
    }

    func login(_ user: User) -> LoginResponse {
        LoginResponse(
            user: UserBody(user), accessToken: inBody(tokens.accessToken), refreshToken: inBody(tokens.refreshToken),
            expiresIn: expiresIn)
    }

    /// `Set-Cookie` values.
    func cookies(device: DeviceToken?) -> [String] {
        var cookies = [
            names.set(names.access, to: tokens.accessToken, for: tokens.accessTokenLifetime),
            names.set(names.refresh, to: tokens.refreshToken, for: Lifetimes.idleSession),
        ]
        if let device { cookies.append(names.set(names.device, to: device.text, for: Lifetimes.knownDevice)) }
        return cookies
    }

    private var expiresIn: Int { Int(tokens.accessTokenLifetime.components.seconds) }

    private func inBody(_ token: String) -> String? { isBrowser ? nil : token }
}

import Core
import Fakes
import Foundation

@testable import Auth

/// A provider in memory, which counts what it is asked for.
actor TestOpenIDProvider: OpenIDTransport {
    struct NoConnection: Error {}

    struct Post: Sendable {
        let url: String
        let form: [String: String]
        let authorization: String?
    }

    static let discoveryURL = TestIDToken.issuer + "/.well-known/openid-configuration"
    static let keySetURL = TestIDToken.issuer + "/keys"
    static let userInfoURL = TestIDToken.issuer + "/userinfo"
    static let accessToken = "SlAV32hkKG"

    static let metadata = RawObject([
        "issuer": TestIDToken.issuer.quoted,
        "authorization_endpoint": (TestIDToken.issuer + "/authorize").quoted,
        "token_endpoint": (TestIDToken.issuer + "/token").quoted, "jwks_uri": keySetURL.quoted,
        "id_token_signing_alg_values_supported": #"["RS256","ES256","HS256","none"]"#,
        "code_challenge_methods_supported": #"["plain","S256"]"#,
    ])

    static let metadataWithUserInfo = metadata.with("userinfo_endpoint", userInfoURL.quoted)

    private var answers: [String: OpenIDResponse] = [:]
    private var isDown = false
    /// Where nobody answers.
    private var silent: Set<String> = []
    private(set) var gets: [String] = []
    /// What was shown where.
    private(set) var authorizations: [String: String] = [:]
    private(set) var posts: [Post] = []
    private var isHolding = false
    /// The one address whose answers are kept back; nil for all.
    private var heldURL: String?
    private var held: [CheckedContinuation<Void, Never>] = []

    init(metadata: RawObject = metadata, keys: [RawObject] = []) {
        answers[Self.discoveryURL] = Self.json(metadata.text)
        answers[Self.keySetURL] = Self.json(Self.keySet(keys))
    }

    static func json(_ text: String, status: Int = 200) -> OpenIDResponse {
        OpenIDResponse(status: status, contentType: "application/json; charset=utf-8", body: Array(text.utf8))
    }

    static func keySet(_ keys: [RawObject]) -> String {
        "{\"keys\":[\(keys.map(\.text).joined(separator: ","))]}"
    }

    static func tokens(idToken: String) -> RawObject {
        RawObject([
            "access_token": accessToken.quoted, "token_type": "Bearer".quoted, "expires_in": "3600",
            "id_token": idToken.quoted,
        ])
    }

    func answer(_ url: String, _ response: OpenIDResponse) {
        answers[url] = response
    }

    /// Gives no answer in time.
    func fallSilent(_ url: String) {
        silent.insert(url)
    }

    func answerToken(_ response: OpenIDResponse) {
        answers[TestIDToken.issuer + "/token"] = response
    }

    func publish(_ keys: [RawObject]) {
        answers[Self.keySetURL] = Self.json(Self.keySet(keys))
    }

    func goDown(_ isDown: Bool = true) {
        self.isDown = isDown
    }

    /// Keeps back the answers to those who ask from now on, at one address where one is given.
    func hold(_ url: String? = nil) {
        isHolding = true
        heldURL = url
    }

    func release() {
        isHolding = false
        for waiting in held { waiting.resume() }
        held = []
    }

    func count(of url: String) -> Int {
        gets.count { $0 == url }
    }

    func get(_ url: String, bearerToken: BearerToken?) async throws -> OpenIDResponse {
        gets.append(url)
        authorizations[url] = bearerToken?.authorization
        return try await answered(url)
    }

    func post(
        form: [(String, String)], to url: String, basicCredentials: BasicCredentials?
    ) async throws -> OpenIDResponse {
        posts.append(
            Post(
                url: url, form: Dictionary(form, uniquingKeysWith: { "\($0) and \($1)" }),
                authorization: basicCredentials?.authorization))
        return try await answered(url)
    }

    private func answered(_ url: String) async throws -> OpenIDResponse {
        if isHolding, heldURL.map({ $0 == url }) ?? true { await withCheckedContinuation { held.append($0) } }
        guard !isDown, !silent.contains(url) else { throw NoConnection() }
        return answers[url] ?? OpenIDResponse(status: 404, contentType: "text/html", body: [])
    }
}

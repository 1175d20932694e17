import Core
import Crypto
import Fakes
import Foundation
import Testing

@testable import Auth

/// A provider in memory. It is strict: a code works once, for the client, the address and the proof key that it was
/// made for.
actor TestProvider: OpenIDTransport {
    struct NoConnection: Error {}

    /// Somebody who has an account there.
    struct Person: Sendable {
        var subject = "24400320"
        var email = "ada@example.com"
        var isEmailVerified = true
        var givenName = "Ada"
        var familyName = "Lovelace"
    }

    /// In what it is not as it should be.
    enum Fault: Sendable, CaseIterable {
        case noConnection
        case failing
        case noJSON
        case refusesClient
        case refusesCode
        case otherNonce
        case otherAudience
        case otherIssuer
        case otherKey
        case oldToken
        case noToken
    }

    static let name = "example"
    static let issuer = "https://id.example.org"
    static let clientID = "client-1"
    static let clientSecret = "s3cret"
    static let callback = "\(TestInstallation.origin)/api/v1/auth/oauth/\(name)/callback"

    private struct Grant {
        let nonce: String
        let challenge: String
        let redirectURI: String
        let person: Person
        let time: Timestamp
    }

    private let key = P256.Signing.PrivateKey()
    private var grants: [String: Grant] = [:]
    private var codes = 0
    private var fault: Fault?
    /// The proof keys that were shown to it. Secrets.
    private(set) var verifiers: [String] = []

    /// What stands for us there.
    nonisolated func client(name: String = name) throws -> OpenIDClient {
        OpenIDClient(
            settings: try OpenIDProviderSettings(
                name: name, issuer: Self.issuer, clientID: Self.clientID, clientSecret: Secret(Self.clientSecret),
                redirectURI: Self.callback, allowsLoopback: true),
            transport: self, time: ManualTime().source)
    }

    func fail(_ fault: Fault?) {
        self.fault = fault
    }

    /// The person signs in there and agrees.
    /// - Parameter url: Where we sent the browser.
    /// - Returns: Where it sends the browser.
    func approve(_ url: String, as person: Person, at time: Timestamp) throws -> String {
        let query = try Self.query(of: url)
        let code = "4/secret-code-\(codes)"
        codes += 1
        grants[code] = Grant(
            nonce: try #require(query["nonce"]), challenge: try #require(query["code_challenge"]),
            redirectURI: try #require(query["redirect_uri"]), person: person, time: time)
        return try Self.back(query, with: [("code", code), ("iss", Self.issuer)])
    }

    /// The person does not agree.
    func decline(_ url: String) throws -> String {
        try Self.back(try Self.query(of: url), with: [("error", "access_denied")])
    }

    private static func back(_ query: [String: String], with fields: [(String, String)]) throws -> String {
        let address = try #require(query["redirect_uri"])
        return "\(address)?\(PercentEncoding.encode(fields + [("state", try #require(query["state"]))]))"
    }

    static func query(of url: String) throws -> [String: String] {
        let items = try #require(URLComponents(string: url)?.queryItems)
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { "\($0) and \($1)" }
    }

    // What it answers to us.

    func get(_ url: String, bearerToken: BearerToken?) async throws -> OpenIDResponse {
        try checkConnection()
        switch url {
        case "\(Self.issuer)/.well-known/openid-configuration":
            return try Self.json([
                "issuer": Self.issuer, "authorization_endpoint": "\(Self.issuer)/authorize",
                "token_endpoint": "\(Self.issuer)/token", "jwks_uri": "\(Self.issuer)/keys",
                "id_token_signing_alg_values_supported": ["ES256"], "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": true,
            ])
        case "\(Self.issuer)/keys":
            let point = Array(key.publicKey.rawRepresentation)
            return try Self.json([
                "keys": [
                    [
                        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "e1",
                        "x": Base64URL.encode(point.prefix(32)), "y": Base64URL.encode(point.suffix(32)),
                    ]
                ]
            ])
        default:
            return OpenIDResponse(status: 404, contentType: "text/html", body: [])
        }
    }

    func post(
        form: [(String, String)], to url: String, basicCredentials: BasicCredentials?
    ) async throws -> OpenIDResponse {
        try checkConnection()
        let fields = Dictionary(form) { "\($0) and \($1)" }
        verifiers += [fields["code_verifier"]].compactMap(\.self)
        if fault == .failing { return OpenIDResponse(status: 503, contentType: "text/html", body: []) }
        if fault == .noJSON { return OpenIDResponse(status: 200, contentType: "text/html", body: Array("<html>".utf8)) }
        let us = BasicCredentials(user: Self.clientID, password: Secret(Self.clientSecret))
        guard fault != .refusesClient, basicCredentials == us else {
            return try Self.json(["error": "invalid_client"], status: 401)
        }
        guard fault != .refusesCode, fields["grant_type"] == "authorization_code",
            let grant = fields["code"].flatMap({ grants.removeValue(forKey: $0) }),
            fields["redirect_uri"] == grant.redirectURI,
            let proofKey = fields["code_verifier"].flatMap({ ProofKey(verifier: $0) }),
            proofKey.challenge == grant.challenge
        else { return try Self.json(["error": "invalid_grant"], status: 400) }
        var answer: [String: Any] = ["access_token": "SlAV32hkKG", "token_type": "Bearer", "expires_in": 3600]
        if fault != .noToken { answer["id_token"] = try idToken(for: grant) }
        return try Self.json(answer)
    }

    private func checkConnection() throws {
        if fault == .noConnection { throw NoConnection() }
    }

    private func idToken(for grant: Grant) throws -> String {
        let issuedAt = grant.time.seconds - (fault == .oldToken ? 7200 : 0)
        let claims: [String: Any] = [
            "iss": fault == .otherIssuer ? "https://id.example.com" : Self.issuer,
            "aud": fault == .otherAudience ? "client-2" : Self.clientID, "sub": grant.person.subject,
            "nonce": fault == .otherNonce ? "n-0S6_WzA2Mj" : grant.nonce, "iat": issuedAt, "exp": issuedAt + 3600,
            "email": grant.person.email, "email_verified": grant.person.isEmailVerified,
            "given_name": grant.person.givenName, "family_name": grant.person.familyName,
        ]
        let parts = try [["alg": "ES256", "kid": "e1", "typ": "JWT"], claims].map { part in
            Base64URL.encode(Array(try JSONSerialization.data(withJSONObject: part)))
        }
        let signed = parts.joined(separator: ".")
        let signer = fault == .otherKey ? P256.Signing.PrivateKey() : key
        let signature = Array(try signer.signature(for: Array(signed.utf8)).rawRepresentation)
        return "\(signed).\(Base64URL.encode(signature))"
    }

    private static func json(_ object: [String: Any], status: Int = 200) throws -> OpenIDResponse {
        OpenIDResponse(
            status: status, contentType: "application/json; charset=utf-8",
            body: Array(try JSONSerialization.data(withJSONObject: object)))
    }
}

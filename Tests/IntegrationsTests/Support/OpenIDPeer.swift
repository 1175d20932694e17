import Auth
import Core
import Foundation
import Testing

@testable import Integrations

/// A provider that people sign in with, for as long as a test runs.
struct OpenIDPeer {
    static let redirectURI = "https://app.example.com/v1/auth/oauth/peer/callback"

    /// A provider of Tests/IntegrationsTests/Peers.
    enum Script: String {
        /// Strict; knows Ada, and puts into its tokens what is asked for by name.
        case nanoIDP = "nanoidp_peer.py"
        /// Signs the claims that the test gives a person.
        case mock = "openid_mock_peer.py"
    }

    let issuer: String
    let http: OutboundHTTP

    static func run(
        _ script: Script, _ arguments: [String] = [], _ body: (OpenIDPeer) async throws -> Void
    ) async throws {
        try await Peer.run(script.rawValue, ["--redirect-uri", redirectURI] + arguments) { peer in
            let http = OutboundHTTP()
            do {
                try await body(OpenIDPeer(issuer: "http://127.0.0.1:\(peer.port)", http: http))
            } catch {
                Issue.record(error)
            }
            await http.shutdown()
        }
    }

    /// Us, as a client that the provider knows but for what is given.
    func client(
        issuer: String? = nil, id: String = "plinth", secret: String = "s3cret", redirectURI: String = redirectURI
    ) throws -> OpenIDClient {
        OpenIDClient(
            settings: try OpenIDProviderSettings(
                name: "peer", issuer: issuer ?? self.issuer, clientID: id, clientSecret: Secret(secret),
                redirectURI: redirectURI, allowsLoopback: true),
            transport: OutboundOpenID(http: http), time: .system)
    }

    /// What the provider sends a person back with who does as it asks.
    func callback(of url: String, filling fields: [(String, String)]) async throws -> OpenIDSignIn.Callback {
        let location = try await TestBrowser(http: http).fill(fields, at: url)
        try #require(location.hasPrefix("\(Self.redirectURI)?"))
        let items = URLComponents(string: location)?.queryItems ?? []
        func value(_ name: String) -> String? { items.first { $0.name == name }?.value }
        return OpenIDSignIn.Callback(
            code: value("code"), state: value("state"), issuer: value("iss"), error: value("error"))
    }

    /// Goes to the provider and comes back.
    func visit(
        _ client: OpenIDClient, filling fields: [(String, String)], asking claims: [String] = []
    ) async throws -> OpenIDVisit {
        let keep = OpenIDVisit.Keep()
        let url = try await client.authorizationURL(state: keep.state, nonce: keep.nonce, proofKey: keep.proofKey)
        let callback = try await callback(of: url + Self.request(for: claims), filling: fields)
        return OpenIDVisit(client: client, keep: keep, callback: callback)
    }

    /// A part of a URL that asks for claims in the ID token (OpenID Connect Core section 5.5).
    static func request(for claims: [String]) -> String {
        guard !claims.isEmpty else { return "" }
        let members = claims.map { "\"\($0)\":null" }.joined(separator: ",")
        return "&" + PercentEncoding.encode([("claims", "{\"id_token\":{\(members)}}")])
    }
}

/// A person who came back from a provider.
struct OpenIDVisit {
    /// What we keep meanwhile.
    struct Keep {
        let state = Base64URL.encode(Randomness.system.bytes(16))
        let nonce = Base64URL.encode(Randomness.system.bytes(16))
        let proofKey = ProofKey.make(randomness: .system)
    }

    let client: OpenIDClient
    let keep: Keep
    let callback: OpenIDSignIn.Callback

    /// Who they are, told by the provider; what is given takes the place of what is right.
    func identity(
        client: OpenIDClient? = nil, callbackIssuer: String? = nil, nonce: String? = nil, proofKey: ProofKey? = nil
    ) async throws -> OpenIDIdentity {
        try await (client ?? self.client).identity(
            code: try #require(callback.code), callbackIssuer: callbackIssuer ?? callback.issuer,
            nonce: nonce ?? keep.nonce, proofKey: proofKey ?? keep.proofKey, now: TimeSource.system.now())
    }
}

import Core
import Crypto
import Fakes
import Testing

@testable import Auth

/// An installation that issues access tokens, and a forger who holds its key.
struct TestTokens {
    static let issuer = "https://app.example.org"

    let time = ManualTime()
    let repository = TestSealedKeyRepository()
    let ring: SigningKeyRing
    let user = ID<User>(high: 0x019B_76DA_A800_71EE, low: 0x9087_DB78_CFCC_087B)
    let session = ID<Session>(high: 0x019B_76DA_A800_77FE, low: 0x8EAC_2DF2_685D_690A)

    init() async throws {
        ring = SigningKeyRing(repository: repository, masterKeys: try .test(), time: time.source)
        try await ring.reload()
    }

    var now: Timestamp { time.now }

    func issue(
        issuer: String = issuer, audience: String = "plinth", ring: SigningKeyRing? = nil, seed: UInt64 = 1
    ) throws -> String {
        try AccessTokenIssuer(issuer: issuer, audience: audience, ring: ring ?? self.ring, randomness: .seeded(seed))
            .issue(user: user, session: session, now: now).text
    }

    func verifier(cache: VerifiedTokenCache? = nil) -> AccessTokenVerifier {
        AccessTokenVerifier(issuer: Self.issuer, audience: "plinth", ring: ring, cache: cache)
    }

    func part(_ index: Int, of token: String) throws -> [UInt8] {
        try #require(Base64URL.decode(token.split(separator: ".")[index]))
    }

    /// A rightly signed token whose header and claims were changed before.
    func forged(
        header: (String) -> String = { $0 }, claims: (String) -> String = { $0 }
    ) throws -> String {
        let token = try issue()
        let texts = [
            header(String(decoding: try part(0, of: token), as: UTF8.self)),
            claims(String(decoding: try part(1, of: token), as: UTF8.self)),
        ]
        let signed = texts.map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
        let key = try #require(ring.keys.signer(at: now))
        let signature = try key.privateKey.signature(for: Array(signed.utf8))
        return "\(signed).\(Base64URL.encode(Array(signature.rawRepresentation)))"
    }
}

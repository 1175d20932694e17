import Core
import Crypto
import Foundation

@testable import Auth

extension HostileIDToken {
    private static let issuer = TestIDToken.issuer
    private static let client = TestIDToken.clientID.quoted

    static let parties: [HostileIDToken] =
        [
            issuer + "/", issuer.uppercased(), "https://ID.example.org", issuer.dropLast().description,
            issuer + ".evil.org", "http://id.example.org", "id.example.org", " " + issuer, "",
        ].map { claim("iss", $0.quoted, .wrongIssuer) } + [
            claim("iss", nil, .wrongIssuer), claim("iss", "null", .wrongIssuer),
            claim("iss", "[\"\(issuer)\"]", .wrongIssuer),
            claim("aud", nil, .wrongAudience), claim("aud", "other".quoted, .wrongAudience),
            claim("aud", "client-10".quoted, .wrongAudience), claim("aud", "client-".quoted, .wrongAudience),
            claim("aud", "CLIENT-1".quoted, .wrongAudience), claim("aud", "client-1 other".quoted, .wrongAudience),
            claim("aud", "[]", .wrongAudience), claim("aud", "[\"other\"]", .wrongAudience),
            claim("aud", "[\(client),1]", .wrongAudience), claim("aud", "[[\(client)]]", .wrongAudience),
            claim("aud", "{\"a\":\(client)}", .wrongAudience), claim("aud", "null", .wrongAudience),
            claim("aud", "[\(client),\"other\"]", .wrongAuthorizedParty),
            claim("aud", "[\(client),\(client)]", .wrongAuthorizedParty),
            claim("azp", "other".quoted, .wrongAuthorizedParty), claim("azp", "".quoted, .wrongAuthorizedParty),
            claim("azp", "null", .wrongAuthorizedParty), claim("azp", "[\(client)]", .wrongAuthorizedParty),
            HostileIDToken("two audiences, made for the other", .wrongAuthorizedParty) {
                try $0.token().claim("aud", "[\(client),\"other\"]").claim("azp", "other".quoted).text()
            },
            claim("nonce", nil, .wrongNonce), claim("nonce", "".quoted, .wrongNonce),
            claim("nonce", "other".quoted, .wrongNonce), claim("nonce", "N-0S6_WzA2Mj".quoted, .wrongNonce),
            claim("nonce", "n-0S6_WzA2M".quoted, .wrongNonce), claim("nonce", "n-0S6_WzA2Mj ".quoted, .wrongNonce),
            claim("nonce", "null", .wrongNonce), claim("nonce", "[\"n-0S6_WzA2Mj\"]", .wrongNonce),
            claim("sub", nil, .wrongSubject), claim("sub", "".quoted, .wrongSubject),
            claim("sub", String(repeating: "1", count: 256).quoted, .wrongSubject),
            claim("sub", "24400320", .wrongSubject), claim("sub", "null", .wrongSubject),
            claim("sub", "é".quoted, .wrongSubject), claim("sub", #"a\u0000b"#.quoted, .wrongSubject),
            claim("sub", #"a\nb"#.quoted, .wrongSubject),
        ]

    static let times: [HostileIDToken] = [
        time("exp", -60, .expired), time("exp", -61, .expired), time("exp", -86_400, .expired),
        claim("exp", "0", .expired), claim("exp", nil, .malformed), claim("exp", "null", .malformed),
        claim("exp", "9999999999".quoted, .malformed), claim("exp", "-1", .malformed), claim("exp", "1e12", .malformed),
        claim("exp", "9999999999999999999999", .malformed), claim("exp", "true", .malformed),
        time("iat", 61, .issuedInFuture), time("iat", 86_400, .issuedInFuture), time("iat", -601, .issuedTooLongAgo),
        claim("iat", "0", .issuedTooLongAgo), claim("iat", nil, .malformed), claim("iat", "null", .malformed),
        claim("iat", "1767225600".quoted, .malformed), claim("iat", "-9223372036854775808", .malformed),
        time("nbf", 61, .notYetValid), claim("nbf", "999999999999", .notYetValid), claim("nbf", "null", .malformed),
        claim("nbf", "0".quoted, .malformed),
        claim("at_hash", "".quoted, .wrongAccessToken), claim("at_hash", "null", .wrongAccessToken),
        claim("at_hash", hash(of: "another", 16).quoted, .wrongAccessToken),
        claim("at_hash", hash(of: TestOpenIDProvider.accessToken, 32).quoted, .wrongAccessToken),
        claim("at_hash", hash(of: TestOpenIDProvider.accessToken, 15).quoted, .wrongAccessToken),
    ]

    static func hash(of text: String, _ length: Int) -> String {
        Base64URL.encode(Array(SHA256.hash(data: Array(text.utf8)).prefix(length)))
    }
}

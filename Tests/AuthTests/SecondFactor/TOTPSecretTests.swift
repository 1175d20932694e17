import Core
import Fakes
import Foundation
import Testing

@testable import Auth

struct TOTPSecretTests {
    private let secret: TOTPSecret

    init() throws {
        secret = try #require(TOTPSecret(Array("12345678901234567890".utf8)))
    }

    @Test func `a new secret has 160 random bits`() {
        let randomness = Randomness.seeded(1)
        let secrets = (0..<100).map { _ in TOTPSecret.make(randomness: randomness) }
        #expect(Set(secrets.map(\.base32)).count == 100)
        for secret in secrets {
            #expect(secret.revealed().count == 20)
            #expect(secret.base32.utf8.count == 32)
            #expect(Base32.rfc4648.decode(secret.base32) == secret.revealed())
            #expect(TOTPSecret(secret.revealed()) == secret)
        }
    }

    @Test(arguments: [0, 1, 16, 19, 21, 32])
    func `bytes of any other number are none`(count: Int) {
        #expect(TOTPSecret([UInt8](repeating: 7, count: count)) == nil)
    }

    @Test func `apps scan it as a Key URI`() {
        #expect(
            secret.otpauthURI(issuer: "Plinth", account: "ada@example.org")
                == "otpauth://totp/Plinth:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Plinth&algorithm=SHA1&digits=6&period=30")
    }

    @Test(arguments: [
        ("Acme Co", "Acme%20Co"), ("A&B=C?#/D", "A%26B%3DC%3F%23%2FD"), ("Größe", "Gr%C3%B6%C3%9Fe"),
        ("a+b", "a%2Bb"), ("50%", "50%25"), ("-._~", "-._~"), ("A:B", "AB"), ("\u{0}\n\"", "%00%0A%22"),
        ("🔑", "%F0%9F%94%91"),
    ])
    func `no text gets out of its place`(text: String, encoded: String) throws {
        let uri = secret.otpauthURI(issuer: text, account: text)
        #expect(
            uri == "otpauth://totp/\(encoded):\(encoded)?secret=\(secret.base32)&issuer=\(encoded)"
                + "&algorithm=SHA1&digits=6&period=30")
        let parts = try #require(URLComponents(string: uri))
        #expect(parts.scheme == "otpauth")
        #expect(parts.host == "totp")
        #expect(parts.fragment == nil)
        #expect(parts.queryItems?.map(\.name) == ["secret", "issuer", "algorithm", "digits", "period"])
        let plain = text.replacing(":", with: "")
        #expect(parts.queryItems?.dropFirst().first?.value == plain)
        #expect(parts.path == "/\(plain):\(plain)")
    }

    @Test func `nothing of it is printed`() {
        var dumped = ""
        dump(secret, to: &dumped)
        #expect("\(secret)" == "TOTPSecret(redacted)")
        #expect(String(reflecting: secret) == "TOTPSecret(redacted)")
        #expect(dumped == "- TOTPSecret(redacted)\n")
    }
}

import Core
import Fakes
import Testing

@testable import Webhooks

struct WebhookSignatureTests {
    /// The example of the specification (standard-webhooks/spec, "Signature scheme", and its libraries' tests).
    @Test func `the example of Standard Webhooks comes out`() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = WebhookSignature.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: "1614265330", body: Array(#"{"test": 2432232314}"#.utf8),
            secret: secret)
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `each secret signs, over whole seconds`() throws {
        let secrets = try [24, 64].map { try #require(WebhookSecret([UInt8](repeating: 7, count: $0))) }
        let headers = WebhookSignature.headers(
            id: "a", at: Timestamp(microseconds: 1_614_265_330_999_999), body: [1], secrets: secrets)
        #expect(headers.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(headers[1].value == "1614265330")
        let each = secrets.map { WebhookSignature.signature(id: "a", timestamp: "1614265330", body: [1], secret: $0) }
        #expect(headers[2].value == each.joined(separator: " "))
        #expect(each[0] != each[1])
    }
}

struct WebhookSecretTests {
    @Test(arguments: [24, 25, 32, 64])
    func `a secret is read as it was written`(length: Int) throws {
        let secret = try #require(WebhookSecret([UInt8](repeating: 0xFB, count: length)))
        #expect(secret.revealedText().hasPrefix("whsec_"))
        #expect(WebhookSecret(secret.revealedText()) == secret)
    }

    @Test(arguments: [0, 1, 23, 65])
    func `a secret has 24 to 64 bytes`(length: Int) {
        #expect(WebhookSecret([UInt8](repeating: 1, count: length)) == nil)
    }

    @Test(arguments: [
        "", "whsec_", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
        "whsec_ MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ])
    func `nothing else is one`(text: String) {
        #expect(WebhookSecret(text) == nil)
    }

    @Test func `no two are alike, and none is printed`() {
        let (one, other) = (WebhookSecret.make(randomness: .seeded(1)), WebhookSecret.make(randomness: .seeded(2)))
        #expect(one != other)
        #expect(one.bytes.count == 32)
        for text in ["\(one)", String(reflecting: one), String(describing: [one])] {
            #expect(text.contains("redacted"))
            #expect(!text.contains(String(one.revealedText().dropFirst(6).prefix(8))))
        }
        var dumped = ""
        dump(one, to: &dumped)
        #expect(!dumped.contains("\(one.bytes[0]),"))
    }
}

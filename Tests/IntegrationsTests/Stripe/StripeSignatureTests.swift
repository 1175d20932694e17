import Core
import Foundation
import Testing

@testable import Integrations

struct StripeSignatureTests {
    private static let now = Timestamp(seconds: 1_767_225_600)
    private static let secret = "whsec_1"
    private static let payload = #"{"id":"evt_1","object":"event","name":"Zoë 🦉"}"#

    private static func verify(
        _ header: String?, _ payload: String = payload, secrets: [String] = [secret], at time: Timestamp = now
    ) throws {
        try StripeWebhookVerifier(secrets: secrets.map { Secret($0) })
            .verify(header: header, body: Array(payload.utf8), at: time)
    }

    private static func header(_ payload: String = payload, secrets: [String] = [secret], at time: Timestamp = now)
        -> String
    {
        StripeSignature.header(of: Array(payload.utf8), at: time, secrets: secrets.map { Secret($0) })
    }

    private static func accepts(_ header: String?, _ payload: String = payload) -> Bool {
        do {
            try verify(header, payload)
            return true
        } catch {
            return false
        }
    }

    @Test func `what the SDK signs is taken, and the SDK takes what is signed here`() async throws {
        try await StripeSDK.run { sdk async throws in
            for payload in [Self.payload, "{}", "[1]", #"{"a": "\u0000"}"#, "{\"a\":\t\"\u{FEFF}é\"}\n"] {
                for age in [0, 299, 300, 301] as [Int64] {
                    let sent = Self.now.seconds - age
                    let signed = try await sdk.signed(payload, secret: Self.secret, timestamp: sent)
                    #expect(signed == Self.header(payload, at: Timestamp(seconds: sent)))
                    // What is no event is refused by the SDK when it reads it.
                    guard payload.contains("event") else { continue }
                    let isTaken = try await sdk.accepts(
                        payload, header: signed, secret: Self.secret, now: Self.now.seconds)
                    #expect(isTaken == (age <= 300))
                    #expect(Self.accepts(signed, payload) == isTaken)
                }
            }
        }
    }

    @Test func `nothing is taken that the SDK refuses`() async throws {
        try await StripeSDK.run { sdk async throws in
            var taken = 0
            let tampered = Self.tampered
            for (header, payload) in tampered + Self.hostile.map({ ($0.0, Self.payload) }) {
                guard Self.accepts(header, payload) else { continue }
                taken += 1
                let isTaken = try await sdk.accepts(payload, header: header, secret: Self.secret, now: Self.now.seconds)
                #expect(isTaken, "\(header)")
            }
            #expect(taken == tampered.filter { $0.0.hasSuffix("untouched=1") }.count)
        }
    }

    /// Good ones, and each with one byte of header or payload changed.
    private static var tampered: [(String, String)] {
        let good = header()
        var list = [(good + ",untouched=1", payload), ("v0=abc," + good + ",untouched=1", payload)]
        let bytes = Array(good.utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            list.append((String(decoding: changed, as: UTF8.self), payload))
        }
        list += [(good, payload + " "), (good, String(payload.dropLast())), (good, payload.uppercased()), (good, "")]
        return list
    }

    private static let signature = header().split(separator: "=").last.map(String.init) ?? ""
    private static let time = "t=1767225600"

    private static let hostile: [(String, StripeSignatureProblem)] = [
        ("", .malformed), (",", .malformed), ("=", .malformed), ("t", .malformed), ("t=", .malformed),
        ("v1=\(signature)", .malformed), ("t=now,v1=\(signature)", .malformed), ("t=-1,v1=\(signature)", .malformed),
        ("t=+1767225600,v1=\(signature)", .malformed), ("t=01767225600,v1=\(signature)", .malformed),
        ("t= 1767225600,v1=\(signature)", .malformed), ("t=1_767_225_600,v1=\(signature)", .malformed),
        ("t=1767225600.0,v1=\(signature)", .malformed), ("t=٣,v1=\(signature)", .malformed),
        ("t=9223372036854775808,v1=\(signature)", .malformed), ("T=1767225600,v1=\(signature)", .malformed),
        ("\(time),\(time),v1=\(signature)", .malformed), ("\(time)\r\n,v1=\(signature)", .malformed),
        ("\(time);v1=\(signature)", .malformed),
        (String(repeating: "v1=\(signature),", count: 100_000) + time, .malformed),
        (String(repeating: ",", count: 2_000_000), .malformed), (String(repeating: "\u{0}", count: 1025), .malformed),
        (time, .unsigned), ("\(time),v1", .unsigned), ("\(time),v1=", .unsigned),
        ("\(time),v0=\(signature)", .unsigned),
        ("\(time),v2=\(signature)", .unsigned), ("\(time),V1=\(signature)", .unsigned),
        ("\(time), v1=\(signature)", .unsigned), ("\(time),v1= \(signature)", .unsigned),
        ("\(time),v1=\(signature)0", .unsigned), ("\(time),v1=\(signature.dropLast())", .unsigned),
        ("\(time),v1=\(signature)=x", .unsigned),
        ("\(time),v1=\(signature.uppercased())", .forged),
        ("\(time),v1=\(String(repeating: "0", count: 64))", .forged),
        ("\(time),v1=\(String(repeating: "é", count: 32))", .forged), ("t=0,v1=\(signature)", .forged),
        ("t=9223372036854775807,v1=\(signature)", .forged),
        (time + String(repeating: ",v1=\(String(repeating: "a", count: 64))", count: 14), .forged),
    ]

    @Test(arguments: hostile) func `a header of anybody's making is refused for what it is`(
        header: String, problem: StripeSignatureProblem
    ) {
        #expect(throws: problem) { try Self.verify(header) }
    }

    @Test func `without a header there is nothing to look at`() {
        #expect(throws: StripeSignatureProblem.missing) { try Self.verify(nil) }
    }

    @Test func `a webhook is good for five minutes to either side`() throws {
        for seconds in [-300, 0, 300] as [Int64] {
            try Self.verify(Self.header(at: Self.now + .seconds(seconds)))
        }
        for seconds in [-301, 301] as [Int64] {
            let header = Self.header(at: Self.now + .seconds(seconds))
            #expect(throws: StripeSignatureProblem.outOfTime) { try Self.verify(header) }
        }
        let last = Self.header(at: Timestamp(seconds: .max))
        #expect(throws: StripeSignatureProblem.self) { try Self.verify(last) }
    }

    @Test func `while a secret is replaced, both are good, on either side`() throws {
        try Self.verify(Self.header(secrets: ["old"]), secrets: ["new", "old"])
        try Self.verify(Self.header(secrets: ["new", "old"]), secrets: ["old"])
        #expect(throws: StripeSignatureProblem.forged) {
            try Self.verify(Self.header(secrets: ["older"]), secrets: ["new", "old"])
        }
    }

    @Test(arguments: [[], [""], [" \n"], ["whsec_1", ""], Array(repeating: "whsec_1", count: 9)] as [[String]])
    func `secrets that anybody could have are none`(secrets: [String]) {
        #expect(throws: StripeWebhookVerifier.UnusableSecrets.self) {
            try StripeWebhookVerifier(secrets: secrets.map { Secret($0) })
        }
    }

    @Test func `a body is signed byte for byte, text or not`() throws {
        let body: [UInt8] = [0xFF, 0, 0xC3]
        let secret = Secret("whsec_1")
        let header = StripeSignature.header(of: body, at: Self.now, secrets: [secret])
        let verifier = try StripeWebhookVerifier(secrets: [secret])
        try verifier.verify(header: header, body: body, at: Self.now)
        #expect(throws: StripeSignatureProblem.forged) {
            try verifier.verify(header: header, body: [0xFE, 0, 0xC3], at: Self.now)
        }
        #expect(!String(reflecting: verifier).contains("whsec"))
    }
}

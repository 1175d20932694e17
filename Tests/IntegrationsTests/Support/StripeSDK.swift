import Foundation
import Testing

@testable import Integrations

/// Stripe's own SDK for Python, in a program of its own.
struct StripeSDK {
    /// What it would send.
    struct Sent: Decodable {
        let method: String
        let path: String
        let fields: [[String]]
        let headers: [String: String]
    }

    private let peer: Peer
    private let http: OutboundHTTP

    static func run(_ body: (StripeSDK) async throws -> Void) async throws {
        // It reads whole modules of its own, which takes a while on a busy machine.
        let http = OutboundHTTP(limit: .seconds(60))
        do {
            try await Peer.run("stripe_peer.py") { try await body(StripeSDK(peer: $0, http: http)) }
        } catch {
            await http.shutdown()
            throw error
        }
        await http.shutdown()
    }

    /// - Parameters:
    ///   - call: The method of the SDK's client: `checkout.sessions.create`.
    ///   - parameters: In JSON.
    func sent(_ call: String, _ arguments: [String], _ parameters: String) async throws -> Sent {
        let list = try Self.text(arguments)
        return try await ask("sent", #"{"call": "\#(call)", "arguments": \#(list), "params": \#(parameters)}"#)
    }

    /// The fields of a value that the SDK does not know, or knows as another type.
    /// - Parameters:
    ///   - file: Whose first class the value should be of.
    ///   - value: In JSON.
    func unknownFields(_ file: String, _ value: String) async throws -> [String] {
        try await ask("unknown", #"{"file": "\#(file)", "value": \#(value)}"#)
    }

    /// Whether it takes a webhook at a time, in seconds since 1970.
    func accepts(_ payload: String, header: String, secret: String, now: Int64) async throws -> Bool {
        let texts = [
            "payload": try Self.text(payload), "header": try Self.text(header), "secret": try Self.text(secret),
            "now": String(now),
        ]
        return try await ask("accepts", Self.object(texts))
    }

    /// The header with which it would send a webhook.
    func signed(_ payload: String, secret: String, timestamp: Int64) async throws -> String {
        let texts = [
            "payload": try Self.text(payload), "secret": try Self.text(secret), "timestamp": String(timestamp),
        ]
        return try await ask("signed", Self.object(texts))
    }

    /// Of the API, in which it writes and reads.
    func version() async throws -> String { try await ask("version", "{}") }

    private func ask<Answer: Decodable>(_ act: String, _ arguments: String) async throws -> Answer {
        let answer = try await http.post(
            "http://127.0.0.1:\(peer.port)/\(act)", headers: [], body: Array(arguments.utf8))
        let text = String(decoding: answer.body, as: UTF8.self)
        try #require(answer.status == 200, "\(act): \(text)")
        return try JSONDecoder().decode(Answer.self, from: Data(answer.body))
    }

    private static func object(_ values: [String: String]) -> String {
        "{" + values.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
    }

    private static func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}

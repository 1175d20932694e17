import Core
import Fakes
import Foundation
import Testing

@testable import Integrations

/// Against a server on loopback that fails in every way there is.
struct StripeTransportTests {
    private struct Arrived: Decodable {
        let method: String
        let path: String
        let headers: [String: String]
        let body: String
    }

    private func withPeer(
        limit: Duration = .seconds(10), _ body: (_ client: StripeClient, _ peer: Peer) async throws -> Void
    ) async throws {
        try await Peer.run("stripe_wire_peer.py") { peer in
            let http = OutboundHTTP(limit: limit)
            let client = StripeClient(
                key: Secret("sk_test_1"), transport: OutboundStripe(base: "http://127.0.0.1:\(peer.port)/", http: http),
                time: ManualTime().source
            ) { _ in }
            do {
                try await body(client, peer)
            } catch {
                Issue.record(error)
            }
            await http.shutdown()
        }
    }

    @Test func `a call arrives as it was made`() async throws {
        try await withPeer { client, peer async throws in
            _ = try await client.send(
                StripeUpdateCustomer(id: "cus_1", name: .set("Zoë & Ada")), key: .sample("key-7"))
            _ = try await client.send(StripeRetrieveCustomer(id: "cus_2"))
            let arrived = try peer.inbox(of: Arrived.self)
            #expect(arrived.map(\.method) == ["POST", "GET"])
            #expect(arrived.map(\.path) == ["/v1/customers/cus_1", "/v1/customers/cus_2"])
            #expect(arrived.map(\.body) == ["name=Zo%C3%AB%20%26%20Ada", ""])
            #expect(arrived.map { $0.headers["authorization"] } == ["Bearer sk_test_1", "Bearer sk_test_1"])
            #expect(arrived.map { $0.headers["stripe-version"] } == [StripeClient.version, StripeClient.version])
            #expect(arrived.map { $0.headers["idempotency-key"] } == ["key-7", nil])
            #expect(arrived.first?.headers["content-type"] == "application/x-www-form-urlencoded")
        }
    }

    @Test(arguments: ["reset", "cut", "half", "garbage", "error"])
    func `what may pass is sent again with the same key`(trouble: String) async throws {
        try await withPeer { client, peer async throws in
            let id = try #require(StripeID<StripeCustomer>("cus_\(trouble)"))
            let customer = try await client.send(StripeUpdateCustomer(id: id), key: .sample("key-1"))
            #expect(customer.id == id)
            let arrived = try peer.inbox(of: Arrived.self)
            #expect(arrived.map { $0.headers["idempotency-key"] } == ["key-1", "key-1"])
        }
    }

    @Test(arguments: ["silent", "slow"])
    func `an answer that does not end is given up in time, and asked for again`(trouble: String) async throws {
        try await withPeer(limit: .seconds(3)) { client, peer async throws in
            let id = try #require(StripeID<StripeCustomer>("cus_\(trouble)"))
            _ = try await client.send(StripeUpdateCustomer(id: id), key: .sample())
            #expect(try peer.inbox(of: Arrived.self).count == 2)
        }
    }

    @Test func `what does not pass is told after three tries`() async throws {
        try await withPeer { client, peer async throws in
            let error = await #expect(throws: StripeError.self) {
                try await client.send(StripeUpdateCustomer(id: "cus_always_reset"), key: .sample())
            }
            guard case .unanswered(_, tries: 3) = error else {
                Issue.record("not unanswered: \(String(describing: error))")
                return
            }
            #expect(try peer.inbox(of: Arrived.self).count == 3)
        }
    }

    @Test func `an answer without an end is not read, nor asked for again`() async throws {
        try await withPeer { client, peer async throws in
            let reason = "an answer of more than \(StripeClient.largestAnswer) bytes"
            await #expect(throws: StripeError.unanswered(reason: reason, tries: 1)) {
                try await client.send(StripeUpdateCustomer(id: "cus_huge"), key: .sample())
            }
            #expect(try peer.inbox(of: Arrived.self).count == 1)
        }
    }

    @Test func `a redirect is not followed`() async throws {
        try await withPeer { client, _ async throws in
            let error = await #expect(throws: StripeError.self) {
                try await client.send(StripeUpdateCustomer(id: "cus_moved"), key: .sample())
            }
            guard case .refused(let problem) = error else { return }
            #expect(problem.status == 302)
        }
    }

    @Test func `nobody there is no answer, and says nothing of the key`() async throws {
        let http = OutboundHTTP()
        let client = StripeClient(
            key: Secret("sk_hidden\n"), transport: OutboundStripe(base: "http://127.0.0.1:1", http: http),
            time: ManualTime().source
        ) { _ in }
        let error = await #expect(throws: StripeError.self) {
            try await client.send(StripeRetrieve<StripeInvoice>(id: "in_1"))
        }
        #expect(!String(reflecting: error).contains("hidden"))
        await http.shutdown()
    }
}

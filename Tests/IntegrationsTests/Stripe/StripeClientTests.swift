import Core
import Fakes
import Foundation
import Testing

@testable import Integrations

struct StripeClientTests {
    private static let create = StripeCreateCustomer(email: "ada@example.com")
    private static let made = StripeSample.customer.json
    private static let busy = #"{"error": {"type": "invalid_request_error", "code": "lock_timeout"}}"#

    @Test func `a call is answered`() async throws {
        let stripe = ScriptedStripe([.answer(200, Self.made)])
        let customer = try await stripe.client().send(Self.create, key: .sample())
        #expect(customer.id == "cus_1")
        #expect(stripe.asked.map(\.description) == ["POST /v1/customers"])
    }

    @Test func `every try has the same key and the same body, and there are three`() async throws {
        let stripe = ScriptedStripe([.lost, .answer(409, Self.busy), .answer(200, Self.made)])
        _ = try await stripe.client().send(Self.create, key: .sample("stored-before"))
        #expect(stripe.asked.count == 3)
        #expect(Set(stripe.asked.map { $0.field("Idempotency-Key") }) == ["stored-before"])
        #expect(Set(stripe.asked.map(\.body)).count == 1)
        #expect(stripe.waits.count == 2)
        let lost = ScriptedStripe([.lost])
        await #expect(throws: StripeError.unanswered(reason: "no answer: Lost", tries: 3)) {
            try await lost.client().send(Self.create, key: .sample())
        }
        #expect(lost.asked.count == 3)
    }

    @Test func `what Stripe asks for in its head is done`() async throws {
        let stripe = ScriptedStripe([
            .answer(500, [("Stripe-Should-Retry", "true"), ("Retry-After", "4")], ""),
            .answer(500, [("stripe-should-retry", "false")], ""),
        ])
        await #expect(throws: StripeError.self) { try await stripe.client().send(Self.create, key: .sample()) }
        #expect(stripe.asked.count == 2)
        #expect(stripe.waits == [.seconds(4)])
    }

    @Test func `a refusal that will not pass is asked for once`() async throws {
        let stripe = ScriptedStripe([.answer(402, [("Request-Id", "req_1")], Self.declined)])
        let error = await #expect(throws: StripeError.self) {
            try await stripe.client().send(Self.create, key: .sample())
        }
        guard case .refused(let problem) = error else {
            Issue.record("not refused: \(String(describing: error))")
            return
        }
        #expect(stripe.asked.count == 1)
        #expect(problem.status == 402)
        #expect(problem.kind == .known(.card))
        #expect(problem.code == "card_declined")
        #expect(problem.declineCode == "insufficient_funds")
        #expect(problem.parameter == "payment_method")
        #expect(problem.requestID == "req_1")
        #expect(problem.messageForPeople == "Your card has insufficient funds.")
        // Neither an address of Stripe's pages nor what may name a person is in what is logged.
        #expect(!String(reflecting: problem).contains("stripe.com"))
        var dumped = ""
        dump(problem, to: &dumped)
        #expect(!dumped.contains("stripe.com"))
        #expect(!"\(problem) \(StripeError.refused(problem))".contains("Your card"))
        #expect("\(problem)".contains("req_1"))
    }

    private static let declined = """
        {"error": {"type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds",
                   "message": "Your card has insufficient funds.", "param": "payment_method",
                   "doc_url": "https://stripe.com/docs/error-codes/card-declined",
                   "request_log_url": "https://dashboard.stripe.com/logs/req_1"}}
        """

    @Test func `what is written for developers is not for people`() async throws {
        let body = #"{"error": {"type": "invalid_request_error", "message": "No such customer: 'cus_1'"}}"#
        let stripe = ScriptedStripe([.answer(400, body)])
        let error = await #expect(throws: StripeError.self) {
            try await stripe.client().send(Self.create, key: .sample())
        }
        guard case .refused(let problem) = error else { return }
        #expect(problem.message == "No such customer: 'cus_1'")
        #expect(problem.messageForPeople == nil)
        #expect(!"\(problem)".contains("cus_1"))
    }

    @Test(arguments: [
        "", "<html>", "[]", "null", #"{"error": 7}"#, #"{"error": {"type": 7, "code": []}}"#, #"{"error": null}"#,
    ])
    func `a refusal of any form has its status`(body: String) async throws {
        let stripe = ScriptedStripe([.answer(404, body)])
        let error = await #expect(throws: StripeError.self) {
            try await stripe.client().send(StripeRetrieve<StripeInvoice>(id: "in_1"))
        }
        guard case .refused(let problem) = error else {
            Issue.record("not refused: \(String(describing: error))")
            return
        }
        #expect(problem.status == 404)
        #expect(problem.code == nil)
    }

    @Test func `texts of a refusal are cut`() async throws {
        let long = String(repeating: "x", count: 100_000)
        let stripe = ScriptedStripe([
            .answer(400, [("Request-Id", long)], #"{"error": {"type": "\#(long)", "code": "\#(long)"}}"#)
        ])
        let error = await #expect(throws: StripeError.self) {
            try await stripe.client().send(Self.create, key: .sample())
        }
        #expect(error.map { "\($0)".count < 2000 } == true)
    }

    @Test func `an answer that is none says where, and is not asked for again`() async throws {
        let stripe = ScriptedStripe([
            .answer(
                200, [("Request-Id", "req_2")], #"{"object": "list", "data": [{"object": "price"}], "has_more": false}"#
            )
        ])
        await #expect(throws: StripeError.unreadable(field: "data.0.id", requestID: "req_2")) {
            try await stripe.client().send(StripeListPrices())
        }
        let other = ScriptedStripe([.answer(200, Self.made)])
        await #expect(throws: StripeError.unreadable(field: "the whole", requestID: nil)) {
            try await other.client().send(StripeRetrieve<StripeInvoice>(id: "in_1"))
        }
        #expect(stripe.asked.count == 1)
    }

    @Test func `the key is in no description`() async throws {
        let stripe = ScriptedStripe([.lost])
        let client = stripe.client(key: "sk_live_hidden")
        let error = await #expect(throws: StripeError.self) { try await client.send(Self.create, key: .sample()) }
        var dumped = ""
        dump(client, to: &dumped)
        dump(stripe.asked, to: &dumped)
        for text in [dumped, "\(client)", String(reflecting: client), String(reflecting: error), "\(stripe.asked)"] {
            #expect(!text.contains("hidden"))
            #expect(!text.contains("ada@example.com"))
        }
    }

    @Test func `who is cancelled while waiting waits no longer`() async throws {
        let stripe = ScriptedStripe([.lost])
        let client = StripeClient(
            key: Secret("sk"), transport: InProcessStripe(stripe.exchange), time: stripe.time.source
        ) { _ in
            throw CancellationError()
        }
        await #expect(throws: CancellationError.self) { try await client.send(Self.create, key: .sample()) }
        #expect(stripe.asked.count == 1)
    }

    @Test func `a stand-in that never answers is given up, and so is one that says too much`() async throws {
        let silent = HTTPExchange { _ in
            // Ends when the task is cancelled.
            let (stream, hold) = AsyncStream<Never>.makeStream()
            defer { hold.finish() }
            for await _ in stream {}
            throw CancellationError()
        }
        await #expect(throws: StripeNoAnswer(reason: "no answer within 0.01 seconds")) {
            try await InProcessStripe(silent).send(
                .init(method: "GET", path: "/"), within: .milliseconds(10), largestAnswer: 10)
        }
        let loud = HTTPExchange { _ in HTTPExchange.Response(status: 200, body: Array(repeating: 0x20, count: 11)) }
        await #expect(throws: StripeNoAnswer(reason: "an answer of more than 10 bytes", isTooLarge: true)) {
            try await InProcessStripe(loud).send(
                .init(method: "GET", path: "/"), within: .seconds(9), largestAnswer: 10)
        }
    }
}

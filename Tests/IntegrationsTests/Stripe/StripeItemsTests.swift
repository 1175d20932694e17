import Core
import Foundation
import Synchronization
import Testing

@testable import Integrations

struct StripeItemsTests {
    /// A list of so many products, of which it gives what is asked for.
    private static func products(_ count: Int, asked: @escaping @Sendable (HTTPExchange.Request) -> Void)
        -> StripeClient
    {
        let exchange = HTTPExchange { request in
            asked(request)
            let parameters = Dictionary(request.parameters.map { ($0[0], $0[1]) }) { first, _ in first }
            let start = parameters["starting_after"].flatMap { Int($0.dropFirst("prod_".count)) }.map { $0 + 1 } ?? 0
            let end = min(count, start + (parameters["limit"].flatMap { Int($0) } ?? 10))
            let items = (start..<max(start, end)).map {
                StripeSample.product.json.replacing("prod_1", with: "prod_\($0)")
            }
            let body =
                #"{"object": "list", "url": "/v1/products", "has_more": \#(end < count), "data": [\#(items.joined(separator: ","))]}"#
            return HTTPExchange.Response(status: 200, body: Array(body.utf8))
        }
        return StripeClient(key: Secret("sk"), transport: InProcessStripe(exchange))
    }

    @Test(arguments: [(0, 1), (1, 1), (100, 1), (101, 2), (250, 3)])
    func `every item comes once, a hundred at a time`(count: Int, pages: Int) async throws {
        let asked = Mutex<[HTTPExchange.Request]>([])
        let client = Self.products(count) { request in asked.withLock { $0.append(request) } }
        var ids: [String] = []
        for try await product in client.items(of: StripeListProducts(isActive: true)) { ids.append(product.id.text) }
        #expect(ids == (0..<count).map { "prod_\($0)" })
        let requests = asked.withLock { $0 }
        #expect(requests.count == pages)
        #expect(requests.allSatisfy { $0.method == "GET" && $0.parameters.contains(["active", "true"]) })
    }

    @Test func `who stops early has not asked for the rest`() async throws {
        let asked = Mutex(0)
        let client = Self.products(1000) { _ in asked.withLock { $0 += 1 } }
        for try await product in client.items(of: StripeListProducts()) where product.id == "prod_150" { break }
        #expect(asked.withLock { $0 } == 2)
    }

    @Test func `a list that does not end ends all the same`() async throws {
        let client = Self.products(.max) { _ in }
        var count = 0
        await #expect(throws: StripeError.endless(pages: 3)) {
            for try await _ in client.items(of: StripeListProducts(), mostPages: 3) { count += 1 }
        }
        #expect(count == 300)
        let full = Self.products(300) { _ in }
        for try await _ in full.items(of: StripeListProducts(), mostPages: 3) { count += 1 }
        #expect(count == 600)
    }

    @Test func `a page without items is the last, whatever it says`() async throws {
        let stripe = ScriptedStripe([.answer(200, #"{"object": "list", "data": [], "has_more": true}"#)])
        for try await _ in stripe.client().items(of: StripeListProducts()) { Issue.record("an item") }
        #expect(stripe.asked.count == 1)
    }

    @Test func `a page that fails fails the list`() async throws {
        let stripe = ScriptedStripe([.answer(401)])
        await #expect(throws: StripeError.self) {
            for try await _ in stripe.client().items(of: StripeListProducts()) { Issue.record("an item") }
        }
    }
}

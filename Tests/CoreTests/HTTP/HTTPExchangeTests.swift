import Core
import Testing

struct HTTPExchangeTests {
    @Test func `what is answered is what the stand-in answers, with fields by any case of their names`() async throws {
        let exchange = HTTPExchange { request in
            HTTPExchange.Response(
                status: request.method == "POST" ? 201 : 404,
                fields: [("X-Asked", request.field("x-name") ?? "nothing")],
                body: request.body)
        }
        let answer = try await exchange.respond(
            to: .init(
                method: "POST", path: "/a", query: "b=c", fields: [("X-NAME", "one"), ("x-name", "two")], body: [7]))
        #expect(answer.status == 201)
        #expect(answer.field("x-asked") == "one")
        #expect(answer.field("x-other") == nil)
        #expect(answer.body == [7])
    }

    @Test func `a request prints no credentials`() {
        let request = HTTPExchange.Request(
            method: "GET", path: "/a", query: "key=hidden", fields: [("Authorization", "hidden")],
            body: Array("hidden".utf8))
        var dumped = ""
        dump(request, to: &dumped)
        for text in ["\(request)", String(reflecting: request), dumped] {
            #expect(text.contains("/a"))
            #expect(!text.contains("hidden"))
        }
    }
}

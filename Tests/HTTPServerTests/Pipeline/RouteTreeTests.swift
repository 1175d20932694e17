import API
import HTTPTypes
import Hummingbird
import Testing

@testable import HTTPServer

struct RouteTreeTests {
    private static let tree = RouteTree([
        route(.get, "/"), route(.get, "/users/me"), route(.patch, "/users/me"), route(.get, "/users/{user}"),
        route(.delete, "/users/{user}"), route(.get, "/users/me/sessions/{id}"),
        route(.get, "/users/{user}/teams/{team}"),
    ])

    private static func route(_ method: EndpointMethod, _ path: PathTemplate) -> Route {
        let endpoint = Endpoint<Nothing, Nothing, Nothing, NoContent>(
            method, path, id: "\(method.rawValue) \(path)", tag: "test", summary: "", authentication: .none)
        return Route(endpoint.traits) { _, _ in Response(status: .noContent) }
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/", "GET /", []), (.get, "/?a=b", "GET /", []),
        (.get, "/users/me", "GET /users/me", []), (.head, "/users/me?x=/y", "GET /users/me", []),
        (.patch, "/users/me", "PATCH /users/me", []), (.get, "//users//me/", "GET /users/me", []),
        (.get, "/users/ada", "GET /users/{user}", ["ada"]), (.get, "/users/me%20", "GET /users/{user}", ["me%20"]),
        (.delete, "/users/me", "DELETE /users/{user}", ["me"]),
        (.get, "/users/me/sessions/7", "GET /users/me/sessions/{id}", ["7"]),
        (.get, "/users/me/teams/9", "GET /users/{user}/teams/{team}", ["me", "9"]),
    ])
    func `a fixed segment goes before a parameter, and a dead end is gone back from`(
        method: HTTPRequest.Method, path: String, id: String, values: [Substring]
    ) throws {
        let match = Self.tree.match(method, path: path)
        #expect(match.route?.traits.id == id)
        #expect(match.values == values)
    }

    @Test(arguments: [
        (HTTPRequest.Method.put, "/users/me", "DELETE, GET, HEAD, PATCH"), (.post, "/users/ada", "DELETE, GET, HEAD"),
        (.options, "/", "GET, HEAD"), (.delete, "/users/me/sessions/7", "GET, HEAD"),
    ])
    func `a path that is there for other methods says for which`(
        method: HTTPRequest.Method, path: String, allowed: String
    ) {
        let match = Self.tree.match(method, path: path)
        #expect(match.route == nil)
        #expect(match.problem.code == .methodNotAllowed)
        #expect(match.problem.headers[.allow] == allowed)
    }

    @Test(arguments: ["/user", "/users", "/users/me/sessions", "/users/Me/sessions", "/users/me/sessions/7/8", "*"])
    func `everything else is not there`(path: String) {
        let match = Self.tree.match(.get, path: path)
        #expect(match.route == nil)
        #expect(match.problem.code == .notFound)
    }
}

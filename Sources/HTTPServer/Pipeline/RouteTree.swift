import API
import HTTPTypes

/// Finds the route of a request by its path and method.
///
/// A fixed segment goes before a parameter: `/users/me` is not the user `me`. Empty segments count as none.
struct RouteTree: Sendable {
    private struct Node {
        var fixed: [Substring: Node] = [:]
        var parameter: [Node] = []
        var routes: [HTTPRequest.Method: Route] = [:]
    }

    private var root = Node()
    /// The routes of paths without parameters, found by one look-up.
    private var whole: [Substring: [HTTPRequest.Method: Route]] = [:]

    init(_ routes: [Route]) {
        for route in routes {
            let segments = route.traits.path.segments
            Self.insert(route, at: segments[...], into: &root)
            if route.traits.path.parameterNames.isEmpty {
                whole[route.traits.path.description[...], default: [:]][route.method] = route
            }
        }
    }

    /// - Parameter target: The path with the query string, if there is one.
    func match(_ method: HTTPRequest.Method, path target: String) -> RouteMatch {
        let path = target.utf8.firstIndex(of: UInt8(ascii: "?")).map { target[..<$0] } ?? target[...]
        if let routes = whole[path], let route = Self.route(of: method, in: routes) { return .found(route, values: []) }
        var values: [Substring] = []
        var allowed: Set<HTTPRequest.Method> = []
        if let route = Self.find(method, path.split(separator: "/")[...], in: root, &values, &allowed) {
            return .found(route, values: values)
        }
        return allowed.isEmpty ? .nothing : .wrongMethod(allowed: allowed)
    }

    private static func insert(_ route: Route, at segments: ArraySlice<PathTemplate.Segment>, into node: inout Node) {
        switch segments.first {
        case nil:
            node.routes[route.method] = route
        case .fixed(let text):
            insert(route, at: segments.dropFirst(), into: &node.fixed[text[...], default: Node()])
        case .parameter:
            if node.parameter.isEmpty { node.parameter.append(Node()) }
            insert(route, at: segments.dropFirst(), into: &node.parameter[0])
        }
    }

    private static func find(
        _ method: HTTPRequest.Method, _ segments: ArraySlice<Substring>, in node: Node, _ values: inout [Substring],
        _ allowed: inout Set<HTTPRequest.Method>
    ) -> Route? {
        guard let segment = segments.first else {
            if let route = route(of: method, in: node.routes) { return route }
            allowed.formUnion(node.routes.keys)
            if node.routes[.get]?.traits.answersHead == true { allowed.insert(.head) }
            return nil
        }
        if let next = node.fixed[segment],
            let route = find(method, segments.dropFirst(), in: next, &values, &allowed)
        {
            return route
        }
        guard let next = node.parameter.first else { return nil }
        values.append(segment)
        if let route = find(method, segments.dropFirst(), in: next, &values, &allowed) { return route }
        values.removeLast()
        return nil
    }

    /// HEAD runs the handler of GET (RFC 9110, section 9.1), where that has no effect.
    private static func route(of method: HTTPRequest.Method, in routes: [HTTPRequest.Method: Route]) -> Route? {
        guard method == .head else { return routes[method] }
        return routes[.get].flatMap { $0.traits.answersHead ? $0 : nil }
    }
}

/// What a path and a method name.
enum RouteMatch {
    /// A route, and the values of its path's parameters in their order, as they were sent.
    case found(Route, values: [Substring])
    /// The path is there for other methods.
    case wrongMethod(allowed: Set<HTTPRequest.Method>)
    case nothing

    var route: Route? {
        if case .found(let route, _) = self { route } else { nil }
    }

    var values: [Substring] {
        if case .found(_, let values) = self { values } else { [] }
    }

    /// How it is answered that there is no route.
    var problem: ProblemError {
        guard case .wrongMethod(let allowed) = self else { return ProblemError(.notFound) }
        return ProblemError(
            .methodNotAllowed, headers: [.allow: allowed.map(\.rawValue).sorted().joined(separator: ", ")])
    }
}

extension Route {
    var method: HTTPRequest.Method {
        switch traits.method {
        case .get: .get
        case .post: .post
        case .put: .put
        case .patch: .patch
        case .delete: .delete
        }
    }
}

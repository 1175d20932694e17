import HTTPTypes
import Testing

@testable import HTTPServer

/// A browser: it keeps the cookies it is sent, and says where a request comes from.
struct TestBrowser {
    let api: TestAPI
    private(set) var cookies: [String: String] = [:]

    init(_ api: TestAPI) {
        self.api = api
    }

    /// - Parameters:
    ///   - path: From the root, or an address of ours.
    ///   - site: What it says in `Sec-Fetch-Site`; nil for one that does not say it.
    mutating func send(
        _ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, from site: String? = "same-origin",
        headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        var headers = headers
        headers[.secFetchSite] = site
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        }
        let answer = try await api.send(method, path.replacing(TestAPI.origin, with: ""), json, headers: headers)
        for (name, value) in answer.cookies { cookies[name] = value.isEmpty ? nil : value }
        return answer
    }

    /// What a page of ours asks of the API.
    mutating func post(_ path: String, _ json: String? = nil) async throws -> TestAnswer {
        try await send(.post, "/api/v1\(path)", json)
    }

    mutating func get(_ path: String) async throws -> TestAnswer {
        try await send(.get, "/api/v1\(path)")
    }

    mutating func delete(_ path: String) async throws -> TestAnswer {
        try await send(.delete, "/api/v1\(path)")
    }

    mutating func set(_ cookie: String, to value: String?) {
        cookies[cookie] = value
    }
}

extension TestAnswer {
    /// Where a browser is sent.
    var location: String? { headers[.location] }

    /// The whole `Set-Cookie` value of a cookie.
    func setCookie(_ name: String) -> String? {
        headers[values: .setCookie].first { $0.hasPrefix("\(name)=") }
    }

    /// Whether it opens a session.
    var setsSession: Bool { cookies["plinth_access"] != nil || cookies["plinth_refresh"] != nil }
}

import API
import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

/// Somebody in the tests of the log; the address is the name at example.com.
enum AuditedPerson: String, CaseIterable {
    /// Owns the team.
    case ada
    /// Is an admin in the team, and has an account that things happen to.
    case grace
    /// Administers the installation.
    case root
    /// Has no account until the tested request or its preparation opens one.
    case newcomer

    var email: String { "\(rawValue)@example.com" }
}

/// A request that changes something, but for its endpoint.
struct AuditedRequest: Sendable {
    /// An access token; nil for nobody who is signed in.
    var access: String?
    var body: String?
    var parameters: [String: String] = [:]
    var headers: HTTPFields = [:]
    /// Instead of the endpoint's path with the parameters filled in.
    var path: String?
}

/// An installation with people and a team, for one request to change.
struct AuditScene {
    let api: TestAPI
    let provider: TestProvider
    let team: String
    private let tokens: [AuditedPerson: TestAPI.Tokens]
    private let ids: [AuditedPerson: ID<User>]

    static func run(_ body: (AuditScene) async throws -> Void) async throws {
        try await TestAPI.runWithProvider { api, provider async throws in
            try await body(try await AuditScene(api, provider))
        }
    }

    private init(_ api: TestAPI, _ provider: TestProvider) async throws {
        let tokens: [AuditedPerson: TestAPI.Tokens] = [
            .root: try await api.administrator(AuditedPerson.root.email),
            .ada: try await api.registerProven(AuditedPerson.ada.email),
            .grace: try await api.registerProven(AuditedPerson.grace.email),
        ]
        var ids: [AuditedPerson: ID<User>] = [:]
        for person in tokens.keys { ids[person] = try await api.id(person.email) }
        let (ada, grace) = (try #require(tokens[.ada]), try #require(tokens[.grace]))
        team = try await api.team(as: ada.access)
        try await api.join(team, grace.access, as: .admin)
        (self.api, self.provider, self.tokens, self.ids) = (api, provider, tokens, ids)
    }

    /// The id of somebody's account; nil for a newcomer who has none yet.
    func id(of person: AuditedPerson) async throws -> ID<User>? {
        if let id = ids[person] { return id }
        return try await api.database.scoped(.system).users.find(emailKey: person.email)?.id
    }

    func access(of person: AuditedPerson) throws -> String {
        try #require(tokens[person]).access
    }

    // Requests by somebody. A path's `team` is Ada's and its `user` is Grace, as the `id` is where administrators ask.

    func nobody(_ body: String? = nil, _ parameters: [String: String] = [:]) -> AuditedRequest {
        AuditedRequest(body: body, parameters: parameters)
    }

    func ada(_ body: String? = nil, _ parameters: [String: String] = [:]) throws -> AuditedRequest {
        try request(by: .ada, body, parameters)
    }

    func grace(_ body: String? = nil, _ parameters: [String: String] = [:]) throws -> AuditedRequest {
        try request(by: .grace, body, parameters)
    }

    func root(_ body: String? = nil, _ parameters: [String: String] = [:]) throws -> AuditedRequest {
        let id = ["id": ids[.grace]?.description ?? ""]
        return try request(by: .root, body, id.merging(parameters) { $1 })
    }

    private func request(
        by person: AuditedPerson, _ body: String?, _ parameters: [String: String]
    ) throws -> AuditedRequest {
        let usual = ["team": team, "user": ids[.grace]?.description ?? ""]
        return AuditedRequest(
            access: try access(of: person), body: body, parameters: usual.merging(parameters) { $1 })
    }

    func send(_ request: AuditedRequest, to endpoint: EndpointTraits) async throws -> TestAnswer {
        let path = try request.path ?? endpoint.path.filled(with: request.parameters)
        let credential = request.access.map { TestAPI.bearer($0) } ?? [:]
        let method = try #require(HTTPRequest.Method(rawValue: endpoint.method.rawValue))
        return try await api.send(method, path, request.body, headers: request.headers.merging(credential))
    }

    /// Everything in the log, whosever it is, latest first.
    func log() async throws -> [AuditEvent] {
        try await api.database.scoped(.system).auditLog
            .list(.everything, matching: .none, page: PageRequest(limit: 100)).items
    }
}

extension PathTemplate {
    /// The path with a text for each of its parameters, by name.
    fileprivate func filled(with values: [String: String]) throws -> String {
        try parameterNames.reduce(description) { path, name in
            path.replacing("{\(name)}", with: try #require(values[name], "no value for \(name)"))
        }
    }
}

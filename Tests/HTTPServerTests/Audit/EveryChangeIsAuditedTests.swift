import API
import Core
import Fakes
import Foundation
import HTTPTypes
import Persistence
import Testing

@testable import HTTPServer

/// Every change of auth, user, team and admin state leaves its rows in the log.
///
/// A new endpoint that changes something gets a row in the table of its area (`AuditedChange+auth.swift`, `+users`, `+teams`,
/// `+teamThings`, `+administration`, `+flags`):
///
/// ```swift
/// AuditedChange("updateTeam", .team("team.updated")) { try $0.ada(#"{"name":"Looms"}"#) },
/// ```
///
/// which are the id of the endpoint, every row it must leave (``AuditedRow``: who did it, in whose log) and the request, by
/// whom, with which body and, where they are not the scene's, path parameters. What must be done before is done in the
/// closure. An endpoint may have several. One that leaves no row is named in ``UnauditedChange`` with the reason.
struct EveryChangeIsAuditedTests {
    /// The names of members that hold secrets, in what is asked and answered.
    private static let secret: Set<String> = [
        "password", "current_password", "new_password", "token", "access_token", "refresh_token", "mfa_token",
        "invitation_token", "secret", "code", "codes", "recovery_code", "otpauth_uri", "url",
    ]
    /// Shorter texts are in others by chance.
    private static let shortestSecret = 8  // characters
    private static let page = 100

    private static func endpoint(_ id: String) -> EndpointTraits? {
        APIDescription.endpoints.map(\.traits).first { $0.id == id }
    }

    @Test func `every endpoint that changes something is tested, or said to need no row`() {
        let changing = Set(APIDescription.endpoints.map(\.traits).filter { !$0.method.isSafe }.map(\.id))
        let (audited, others) = (
            Set(AuditedChange.all.map(\.endpoint)), Set(UnauditedChange.all.map(\.endpoint))
        )
        #expect(changing.subtracting(audited).subtracting(others).sorted() == [], "not in any table")
        #expect(audited.union(others).filter { Self.endpoint($0) == nil }.sorted() == [], "there is no such endpoint")
        #expect(audited.intersection(others).sorted() == [], "both with and without a row")
    }

    @Test(arguments: AuditedChange.all)
    func `a change leaves its rows and no other`(change: AuditedChange) async throws {
        let endpoint = try #require(Self.endpoint(change.endpoint))
        try await AuditScene.run { scene async throws in
            let request = try await change.prepare(scene)
            let before = try await scene.log()
            #expect(before.count < Self.page, "the log before may be longer than what is compared")
            let answer = try await scene.send(request, to: endpoint)
            #expect(answer.status < 400, "\(answer.text)")
            let known = Set(before.map(\.id))
            let rows = try await scene.log().filter { !known.contains($0.id) }

            var expected: [String] = []
            for row in change.rows { expected.append(try await told(row, in: scene)) }
            #expect(rows.map { told($0, in: scene) }.sorted() == expected.sorted())
            let requestID = try #require(answer.headers[.requestID])
            #expect(rows.allSatisfy { $0.origin.requestID == requestID })
            #expect(rows.allSatisfy { $0.createdAt == scene.api.time.now })

            let secrets = try await secrets(of: request, answer, in: scene)
            for row in rows {
                let values = row.changes.map { "\($0)=\($1)" } + row.personal.map { "\($0)=\($1)" }
                let text = (values + [row.targetID, row.origin.userAgent].compactMap(\.self)).joined(separator: "\n")
                for secret in secrets { #expect(!text.contains(secret), "a secret is in \(row.action)") }
            }
        }
    }

    /// What tells an expected row from others, in one line.
    private func told(_ row: AuditedRow, in scene: AuditScene) async throws -> String {
        func id(_ person: AuditedPerson?) async throws -> String {
            guard let person else { return "nobody" }
            return try #require(try await scene.id(of: person)?.description, "\(person) has no account")
        }
        let group =
            switch row.group {
            case .adas: "the team"
            case .another: "another team"
            case nil: "no team"
            }
        return try await """
        \(row.action) by \(id(row.actor)) as \(id(row.impersonator)) of \(id(row.owner)) in \(group) \
        from \(row.hasAddress ? "127.0.0.1" : "nowhere")
        """
    }

    /// The same of a row that is there.
    private func told(_ row: AuditEvent, in scene: AuditScene) -> String {
        func text<Entity>(_ id: ID<Entity>?) -> String { id?.description ?? "nobody" }
        let group = row.teamID.map { $0.description == scene.team ? "the team" : "another team" } ?? "no team"
        return """
            \(row.action) by \(text(row.actorID)) as \(text(row.impersonatorID)) of \(text(row.userID)) in \(group) \
            from \(row.origin.ip ?? "nowhere")
            """
    }

    /// What was asked with, answered or mailed and is nobody else's business.
    private func secrets(
        of request: AuditedRequest, _ answer: TestAnswer, in scene: AuditScene
    ) async throws -> Set<String> {
        let asked = request.body.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) }
        var secrets = Self.secrets(in: asked as Any) + Self.secrets(in: answer.json) + answer.cookies.values
        secrets += [request.access, request.parameters["token"]].compactMap(\.self)
        secrets += try await scene.api.links().compactMap { link in
            let parts = link.split(separator: "token=")
            return parts.count == 2 ? String(parts[1]) : nil
        }
        return Set(secrets.filter { $0.count >= Self.shortestSecret })
    }

    private static func secrets(in value: Any) -> [String] {
        switch value {
        case let members as [String: Any]:
            members.flatMap { secret.contains($0) ? texts(in: $1) : secrets(in: $1) }
        case let elements as [Any]:
            elements.flatMap(secrets)
        default:
            []
        }
    }

    private static func texts(in value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case let elements as [Any]: elements.flatMap(texts)
        case let members as [String: Any]: members.values.flatMap(texts)
        default: []
        }
    }
}

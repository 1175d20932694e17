import Core
import Fakes
import Foundation
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

/// What was done in a team, as its administrators read it.
struct AuditLogRoutesTests {
    @Test func `every change of a team leaves its row`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            let (ada, bob) = (try await api.id(of: own.access), try await api.id(of: other.access))
            func act(_ method: HTTPRequest.Method, _ path: String, _ json: String? = nil) async throws -> TestAnswer {
                api.pass(seconds: 1)
                let answer = try await api.teams(method, "/\(team)\(path)", json, as: own.access)
                #expect(answer.status < 300, "\(method) \(path): \(answer.text)")
                return answer
            }
            _ = try await act(.patch, "", #"{"name":"Looms"}"#)
            _ = try await act(.put, "/settings", #"{"require_mfa":false,"address_ranges":["127.0.0.0/8"]}"#)
            let role = try await act(.post, "/roles", #"{"name":"Auditor","permissions":["audit:read"]}"#)["id"] ?? ""
            _ = try await act(.patch, "/roles/\(role)", #"{"name":"Reader"}"#)
            _ = try await act(.delete, "/roles/\(role)")
            let mailed =
                try await act(.post, "/invitations", #"{"email":"bob@example.com","role":"member"}"#)["id"] ?? ""
            api.pass(seconds: 60)
            _ = try await act(.post, "/invitations/\(mailed)/resend")
            _ = try await act(.delete, "/invitations/\(mailed)")
            _ = try await act(.post, "/invitations", #"{"link":true,"role":"member"}"#)
            try await api.join(team, other.access, as: .admin)
            _ = try await act(.patch, "/members/\(bob)", #"{"role":"member"}"#)
            _ = try await act(.delete, "/members/\(bob)")
            try await api.join(team, other.access, as: .admin)
            _ = try await act(.post, "/transfer-ownership", #"{"user_id":"\#(bob)"}"#)
            let log = try await api.teams(.get, "/\(team)/audit-log?limit=100", as: own.access)
            #expect(
                log.data.reversed().map { $0["action"] as? String } == [
                    "team.created", "team.updated", "team.settings_changed", "role.created", "role.updated",
                    "role.removed", "invitation.created", "invitation.resent", "invitation.revoked",
                    "invitation.link_created", "member.role_changed", "member.removed", "team.ownership_transferred",
                ])
            #expect(log.data.allSatisfy { $0["actor"] as? String == ada && $0["team_id"] as? String == team })
            #expect(!log.text.contains("bob@example.com"))
            let removed = try await api.teams(
                .get, "/\(team)/audit-log?action=member.removed&actor=\(ada)", as: own.access)
            #expect(removed.data.map { $0["target_id"] as? String } == [bob])
            #expect(try await api.teams(.get, "/\(team)/audit-log?actor=\(bob)", as: own.access).data.isEmpty)
        }
    }

    @Test(arguments: ["ndjson", "csv"])
    func `a log longer than a page is sent whole, in order`(format: String) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            try await api.fill(team, with: 250)
            let sent = try await api.teams(.get, "/\(team)/audit-log/export?format=\(format)", as: own.access)
            #expect(
                sent.status == 200
                    && sent.headers[.contentType]?.hasPrefix(format == "csv" ? "text/csv" : "application/x-ndjson")
                        == true
            )
            #expect(sent.headers[.contentDisposition] == "attachment; filename=\"audit-log.\(format)\"")
            let lines = sent.text.split(whereSeparator: \.isNewline)
            // Of the team itself there is one row, and the CSV has a line of names.
            #expect(lines.count == 251 + (format == "csv" ? 1 : 0))
            let numbers = lines.compactMap { line in
                line.firstRange(of: /act\.number_\d+/).flatMap { Int(line[$0].dropFirst("act.number_".count)) }
            }
            #expect(numbers == (0..<250).reversed())
        }
    }

    @Test func `a row of CSV is no formula, and its quotes are doubled`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            try await api.record(in: team, action: "=cmd|' /C calc'!A0", changes: ["name": #"a "b", c"#])
            let sent = try await api.teams(.get, "/\(team)/audit-log/export?format=csv", as: own.access)
            #expect(sent.text.contains(#""'=cmd|' /C calc'!A0""#))
            #expect(sent.text.contains(#""{""name"":""a \""b\"", c""}""#))
        }
    }

    @Test func `who may not read it gets none of it`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            for path in ["/\(team)/audit-log", "/\(team)/audit-log/export"] {
                #expect(try await api.teams(.get, path, as: other.access).status == 404)
            }
            try await api.join(team, other.access, as: .member)
            for path in ["/\(team)/audit-log", "/\(team)/audit-log/export"] {
                #expect(try await api.teams(.get, path, as: other.access).code == "forbidden")
            }
        }
    }
}

extension TestAPI {
    /// Adds rows to the log of a team.
    fileprivate func fill(_ team: String, with count: Int) async throws {
        for number in 0..<count {
            time.advance(by: .milliseconds(1))
            try await record(in: team, action: "act.number_\(number)")
        }
    }

    fileprivate func record(in team: String, action: String, changes: [String: String] = [:]) async throws {
        let team: ID<Team> = try #require(ID(team))
        try await database.scoped(.system).auditLog.record(
            AuditEvent(
                id: .make(at: time.now, randomness: .system), action: action, actorID: nil,
                teamID: team, targetType: "thing", targetID: nil, origin: .none,
                changes: changes, createdAt: time.now))
    }
}

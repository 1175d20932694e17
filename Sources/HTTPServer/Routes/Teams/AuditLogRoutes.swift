import API
import Auth
import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Teams

/// What was done in a team.
struct AuditLogRoutes: Sendable {
    let teams: Teams

    func bind(to binder: inout Binder) throws {
        try binder.permitted(AuditLogEndpoints.list, list)
        try binder.permitted(AuditLogEndpoints.export, export)
    }

    @Sendable private func list(
        _ call: Call<TeamPath, TeamAuditQuery, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<List<AuditEventBody>>> {
        let page = try await teams.auditLog(
            of: call.parameters.team, matching: call.query.filter, by: principal, origin: call.origin,
            page: call.query.pageRequest)
        return Reply(OK(List(page.map(AuditEventBody.init))))
    }

    /// Page by page: no more than one is held, and whoever may no longer read gets no further one.
    @Sendable private func export(
        _ call: Call<TeamPath, AuditExportQuery, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<AuditExport> {
        let (format, filter, origin) = (call.query.format ?? .ndjson, call.query.filter, call.origin)
        let page: @Sendable (Cursor?) async throws -> Page<AuditEvent> = {
            [teams, team = call.parameters.team] cursor in
            try await teams.auditLog(
                of: team, matching: filter, by: principal, origin: origin,
                page: PageRequest(limit: PageRequest.limits.upperBound, after: cursor))
        }
        // Refused before anything is sent.
        let first = try await page(nil)
        var reply = Reply(AuditExport(format)).streaming(
            ResponseBody { writer in
                try await writer.write(ByteBuffer(bytes: format.head))
                var next: Page<AuditEvent>? = first
                while let sent = next {
                    let lines = try sent.items.flatMap { try format.line(of: AuditEventBody($0)) }
                    if !lines.isEmpty { try await writer.write(ByteBuffer(bytes: lines)) }
                    next = if let cursor = sent.next { try await page(cursor) } else { nil }
                }
                try await writer.finish(nil)
            })
        reply.headers[.contentDisposition] = "attachment; filename=\"audit-log.\(format.rawValue)\""
        return reply
    }
}

import Core

/// What was done in a team.
public enum AuditLogEndpoints {
    public static let list = Endpoint<TeamPath, TeamAuditQuery, Nothing, OK<List<AuditEventBody>>>(
        .get, "/api/v1/teams/{team}/audit-log", id: "listTeamAuditLog", tag: TeamEndpoints.tag,
        summary: "Lists what was done in a team, newest first.", authentication: .permitted(.auditRead),
        errors: TeamEndpoints.conditions + [.invalidCursor])

    public static let export = Endpoint<TeamPath, AuditExportQuery, Nothing, AuditExport>(
        .get, "/api/v1/teams/{team}/audit-log/export", id: "exportTeamAuditLog", tag: TeamEndpoints.tag,
        summary: "Sends the whole of a team's log that matches, newest first, as NDJSON or CSV.",
        authentication: .permitted(.auditRead), errors: TeamEndpoints.conditions
    ) {
        $0.entityTag = .none
        $0.answersHead = false
        $0.rateLimit = RateLimit(perMinute: 10)
    }

    public static let all: [any DescribedEndpoint] = [list, export]
}

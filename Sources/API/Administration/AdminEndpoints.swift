/// The installation, for administrators with a second factor.
public enum AdminEndpoints {
    public static let auditLog = Endpoint<Nothing, AdminAuditQuery, Nothing, OK<List<AuditEventBody>>>(
        .get, "/api/v1/admin/audit-log", id: "listAuditLog", tag: "admin",
        summary: "Lists what was done, newest first.", authentication: .superuser, errors: [.invalidCursor])

    public static let statistics = Endpoint<Nothing, Nothing, Nothing, OK<StatisticsBody>>(
        .get, "/api/v1/admin/stats", id: "getStatistics", tag: "admin",
        summary: "Tells how many there are of what. Says where a number is an estimate.", authentication: .superuser)

    public static let all: [any DescribedEndpoint] = [auditLog, statistics]
}

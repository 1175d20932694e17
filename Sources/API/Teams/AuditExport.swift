public import Core

/// How a log is written that programs read whole.
public enum AuditExportFormat: String, Codable, Sendable, CaseIterable {
    /// A JSON object a line.
    case ndjson
    /// RFC 4180, with a line of names first.
    case csv

    public var mediaType: String {
        switch self {
        case .ndjson: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8; header=present"
        }
    }

    /// What goes before the first row.
    public var head: [UInt8] {
        switch self {
        case .ndjson: []
        case .csv: CSVLine.encode(CSVLine.names)
        }
    }

    /// A row with its end of line.
    public func line(of event: AuditEventBody) throws -> [UInt8] {
        switch self {
        case .ndjson: try JSONWriter.encode(event) + [UInt8(ascii: "\n")]
        case .csv: CSVLine.encode(CSVLine.values(of: event))
        }
    }
}

/// Which rows of a team's log are sent, and how they are written.
public struct AuditExportQuery: Codable, Sendable, Equatable {
    /// NDJSON unless given.
    public let format: AuditExportFormat?
    /// Who did it.
    public let actor: ID<User>?
    /// By which API key of the team.
    public let apiKey: ID<TeamAPIKey>?
    public let action: AuditActionText?
    /// The first moment that counts.
    public let from: Timestamp?
    /// The first moment that counts no more.
    public let to: Timestamp?

    public init(
        format: AuditExportFormat? = nil, actor: ID<User>? = nil, apiKey: ID<TeamAPIKey>? = nil,
        action: AuditActionText? = nil, from: Timestamp? = nil, to: Timestamp? = nil
    ) {
        self.format = format
        self.actor = actor
        self.apiKey = apiKey
        self.action = action
        self.from = from
        self.to = to
    }

    private enum CodingKeys: String, CodingKey {
        case format
        case actor
        case apiKey = "api_key"
        case action
        case from
        case to
    }

    /// As repositories want it.
    public var filter: AuditFilter { AuditFilter(actor: actor, key: apiKey, action: action?.text, from: from, to: to) }
}

/// 200 with a log, which the server sends as it reads it.
public struct AuditExport: Answer {
    private let format: AuditExportFormat

    public init(_ format: AuditExportFormat) {
        self.format = format
    }

    public static func forms() -> [AnswerForm] {
        AuditExportFormat.allCases.map { format in
            AnswerForm(status: 200, summary: "The log.", schema: .any, mediaType: format.mediaType)
        }
    }

    public var status: Int { 200 }
    public var mediaType: String { format.mediaType }
    public func encodedBody() -> [UInt8]? { nil }
}

/// A line of comma-separated values (RFC 4180).
enum CSVLine {
    static let names = [
        "id", "created_at", "action", "actor", "api_key", "impersonator", "target_type", "target_id", "ip",
        "request_id", "changes",
    ]
    /// What a spreadsheet would take for a formula (OWASP: CSV injection).
    private static let formulaStarts: Set<Character> = ["=", "+", "-", "@", "\t", "\r"]

    static func values(of event: AuditEventBody) -> [String] {
        [
            event.id.description, event.createdAt.description, event.action, event.actor?.description ?? "",
            event.apiKey?.description ?? "", event.impersonator?.description ?? "", event.targetType,
            event.targetID ?? "", event.ip ?? "", event.requestID ?? "",
            String(decoding: JSONWriter.encode(event.changes), as: UTF8.self),
        ]
    }

    static func encode(_ values: [String]) -> [UInt8] {
        Array((values.map(field).joined(separator: ",") + "\r\n").utf8)
    }

    private static func field(_ value: String) -> String {
        let harmless = value.first.map(formulaStarts.contains) ?? false ? "'" + value : value
        return "\"" + harmless.replacing("\"", with: "\"\"") + "\""
    }
}

import Core
import Testing

/// A row that a change leaves in the log.
struct AuditedRow: Sendable {
    /// In which team's log.
    enum Group: Sendable {
        case adas
        /// Another one, which is new.
        case another
    }

    let action: String
    /// Nil for nobody who was signed in.
    var actor: AuditedPerson?
    var impersonator: AuditedPerson?
    /// In whose own log, if in a person's.
    var owner: AuditedPerson?
    /// In which team's log, if in one.
    var group: Group?
    /// Whether it tells the address; not where the team must not learn it.
    var hasAddress = true

    /// What somebody did, in the own log.
    static func own(_ action: String, by person: AuditedPerson = .grace) -> AuditedRow {
        AuditedRow(action: action, actor: person, owner: person)
    }

    /// What was done to an account by somebody who was not signed in, such as by a mailed link.
    static func mailed(_ action: String, to person: AuditedPerson = .grace) -> AuditedRow {
        AuditedRow(action: action, owner: person)
    }

    /// What was done in Ada's team.
    /// - Parameter member: In whose own log it stands too.
    static func team(
        _ action: String, by person: AuditedPerson = .ada, about member: AuditedPerson? = nil
    ) -> AuditedRow {
        AuditedRow(action: action, actor: person, owner: member, group: .adas)
    }

    /// What the administrator did to an account.
    static func administration(_ action: String, of person: AuditedPerson? = .grace) -> AuditedRow {
        AuditedRow(action: action, actor: .root, owner: person)
    }
}

/// A change that an endpoint makes, and the rows that it must leave.
struct AuditedChange: Sendable, CustomTestStringConvertible {
    /// The id of the endpoint.
    let endpoint: String
    let rows: [AuditedRow]
    /// Does what must be done before, and returns the request that makes the change.
    let prepare: @Sendable (AuditScene) async throws -> AuditedRequest

    init(
        _ endpoint: String, _ rows: AuditedRow...,
        prepare: @escaping @Sendable (AuditScene) async throws -> AuditedRequest
    ) {
        self.endpoint = endpoint
        self.rows = rows
        self.prepare = prepare
    }

    var testDescription: String { "\(endpoint): \(rows.map(\.action).joined(separator: ", "))" }

    static let all: [AuditedChange] = auth + users + teams + teamThings + administration + flags
}

import Core
import PostgresClient

extension AuditChain {
    /// The chain of `event`, as `scope` and `scope_id`.
    static let ofEvent = (
        scope: """
        case when event.team_id is not null then 'team' when event.user_id is not null then 'user' else 'system' end
        """,
        id: "coalesce(event.team_id, event.user_id, '00000000-0000-0000-0000-000000000000')"
    )

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let kind: Kind = try columns.next()
        self.init(kind, id: try columns.next())
    }
}

extension AuditSeal {
    /// What ``init(columns:)`` reads, in its order, of `seal`.
    static let columns = """
        seal.scope, seal.scope_id, seal.sequence, seal.event_id, seal.event_created_at, seal.event_hash, \
        seal.origin_hash, seal.origin_erased, seal.personal_hash, seal.personal_erased, seal.hash
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            chain: try AuditChain(columns: &columns),
            sequence: try columns.next(),
            eventID: try columns.next(),
            eventCreatedAt: try columns.next(),
            eventHash: try columns.next(),
            parts: AuditParts(
                origin: try SealedAuditPart(columns: &columns), personal: try SealedAuditPart(columns: &columns)),
            hash: try columns.next())
    }
}

extension SealedAuditPart {
    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let hash: [UInt8]? = try columns.next()
        let isErased: Bool = try columns.next()
        self = hash.map(SealedAuditPart.hash) ?? (isErased ? .erased : .none)
    }

    /// In hexadecimal, empty for none.
    var hexadecimal: String {
        guard case .hash(let hash) = self else { return "" }
        return HexDigits.encode(hash)
    }
}

extension KeptAuditEvent {
    /// What ``init(columns:)`` reads, in its order, of `event` and of `personal`, which may be missing.
    static let columns = """
        personal.origin_salt, coalesce(personal.origin_erased, false), personal.personal_salt, \
        coalesce(personal.personal_erased, false), \(AuditEvent.columns)
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let records = AuditParts(
            origin: AuditPartRecord(salt: try columns.next(), isErased: try columns.next()),
            personal: AuditPartRecord(salt: try columns.next(), isErased: try columns.next()))
        self.init(event: try AuditEvent(columns: &columns), records: records)
    }
}

extension AuditHead {
    /// Nil where there is none, after a left join.
    static func optional(
        of chain: AuditChain, columns: inout PostgresColumns
    ) throws(PostgresDecodingError) -> AuditHead? {
        let sequence: Int64? = try columns.next()
        let hash: [UInt8]? = try columns.next()
        guard let sequence, let hash else { return nil }
        return AuditHead(chain: chain, sequence: sequence, hash: hash)
    }
}

import Core
import Persistence
import PostgresClient

// What a verification reads. Each page says where it begins, so that an index gives it; what belongs to its rows is looked
// up for each of them (`lateral … limit`, scalar subqueries), whatever PostgreSQL thinks of joining all there is.
extension PostgresAuditSealRepository {
    /// Before everything that can be stored.
    private static let beginning = Cursor(time: Timestamp(microseconds: .min), id: ID<Never>(high: 0, low: 0))

    func entries(of chain: AuditChain?, after: AuditPosition?, limit: Int) async throws -> [AuditEntry] {
        let place: SQL
        let order: SQL
        if let chain {
            place = "scope = \(chain.kind) and scope_id = \(chain.id) and sequence > \(after?.sequence ?? 0)"
            order = "sequence"
        } else {
            place = """
                (scope, scope_id, sequence) > (\(after?.chain.kind.rawValue ?? ""), \
                \(after?.chain.id ?? AuditChain.system.id), \(after?.sequence ?? 0))
                """
            order = "scope, scope_id, sequence"
        }
        return try await runner.all(
            """
            select \(unescaped: AuditSeal.columns), head.last, head.last_hash, event.id is not null,
                \(unescaped: KeptAuditEvent.columns)
            from (
                select *
                from audit_seals
                where \(sql: place)
                order by \(sql: order)
                limit \(limit)
            ) as seal
            left join lateral (
                select head.sequence as last, head.hash as last_hash
                from audit_heads as head
                where head.scope = seal.scope and head.scope_id = seal.scope_id
                limit 1
            ) as head on true
            left join audit_events as event on event.created_at = seal.event_created_at and event.id = seal.event_id
            left join audit_personal_data as personal on personal.event_id = seal.event_id
            order by \(sql: order)
            """
        ) { columns throws(PostgresDecodingError) in
            let seal = try AuditSeal(columns: &columns)
            let head = try AuditHead.optional(of: seal.chain, columns: &columns)
            guard try columns.next(Bool.self) else { return AuditEntry(seal: seal, head: head, content: .missing) }
            let kept = try? KeptAuditEvent(columns: &columns)
            return AuditEntry(seal: seal, head: head, content: kept.map(AuditEntry.Content.kept) ?? .unreadable)
        }
    }

    func heads(
        of chain: AuditChain?, after: AuditChain?, limit: Int
    ) async throws -> [(head: AuditHead, hasSeals: Bool)] {
        let place: SQL =
            if let chain {
                """
                scope = \(chain.kind) and scope_id = \(chain.id) \
                and (scope, scope_id) > (\(after?.kind.rawValue ?? ""), \(after?.id ?? AuditChain.system.id))
                """
            } else {
                "(scope, scope_id) > (\(after?.kind.rawValue ?? ""), \(after?.id ?? AuditChain.system.id))"
            }
        return try await runner.all(
            """
            select scope, scope_id, sequence, hash, (
                select true
                from audit_seals as seal
                where seal.scope = audit_heads.scope and seal.scope_id = audit_heads.scope_id
                limit 1) is not null
            from audit_heads
            where \(sql: place)
            order by scope, scope_id
            limit \(limit)
            """
        ) { columns throws(PostgresDecodingError) in
            let chain = try AuditChain(columns: &columns)
            let head = AuditHead(chain: chain, sequence: try columns.next(), hash: try columns.next())
            return (head, try columns.next())
        }
    }

    func whereabouts(of chain: AuditChain?, after: Cursor?, limit: Int) async throws -> [AuditWhereabouts] {
        let owner: SQL =
            switch chain {
            case nil: ""
            case .system: "and user_id is null and team_id is null"
            case .team(let id): "and team_id = \(id)"
            case .user(let id): "and user_id = \(id) and team_id is null"
            }
        let position = after ?? Self.beginning
        return try await runner.all(
            """
            select \(unescaped: AuditChain.ofEvent.scope), \(unescaped: AuditChain.ofEvent.id), event.id,
                event.created_at,
                (select true from audit_seals where event_id = event.id) is not null,
                (
                    select true
                    from audit_queue as queue
                    where queue.created_at = event.created_at and queue.event_id = event.id) is not null
            from (
                select id, created_at, team_id, user_id
                from audit_events
                where (created_at, id) > (\(position.time), \(position.id(of: Never.self))) \(sql: owner)
                order by created_at, id
                limit \(limit)
            ) as event
            order by event.created_at, event.id
            """
        ) { columns throws(PostgresDecodingError) in
            AuditWhereabouts(
                chain: try AuditChain(columns: &columns), eventID: try columns.next(), createdAt: try columns.next(),
                isSealed: try columns.next(), isWaiting: try columns.next())
        }
    }

    func waiting(after: Cursor?, limit: Int) async throws -> [(position: Cursor, isThere: Bool)] {
        let position = after ?? Self.beginning
        return try await runner.all(
            """
            select created_at, event_id, (
                select true
                from audit_events as event
                where event.created_at = queue.created_at and event.id = queue.event_id) is not null
            from audit_queue as queue
            where (created_at, event_id) > (\(position.time), \(position.id(of: Never.self)))
            order by created_at, event_id
            limit \(limit)
            """
        ) { columns throws(PostgresDecodingError) in
            let position = Cursor(time: try columns.next(), id: try columns.next(ID<Never>.self))
            return (position, try columns.next())
        }
    }

    func hashes(at positions: [AuditPosition]) async throws -> [AuditPosition: [UInt8]] {
        let found: [(AuditPosition, [UInt8])] = try await runner.all(
            """
            select seal.scope, seal.scope_id, seal.sequence, seal.hash
            from unnest(
                \(positions.map(\.chain.kind.rawValue)), \(positions.map(\.chain.id.uuid)), \(positions.map(\.sequence)))
                as place (scope, scope_id, sequence)
            join audit_seals as seal on seal.scope = place.scope and seal.scope_id = place.scope_id
                and seal.sequence = place.sequence
            """
        ) { columns throws(PostgresDecodingError) in
            let chain = try AuditChain(columns: &columns)
            return (AuditPosition(chain: chain, sequence: try columns.next()), try columns.next())
        }
        return Dictionary(found) { first, _ in first }
    }
}

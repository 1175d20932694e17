import Core
import Persistence
import PostgresClient

struct PostgresAuditSealRepository: AuditSealRepository {
    /// "seal" in ASCII; advisory locks are told apart by a number within a database.
    private static let lockKey: Int64 = 0x7365_616C
    /// Outside these a time is none of ours, and its microseconds don't come through a number of PostgreSQL as they are.
    private static let times = "timestamptz '1900-01-01 00:00+00' and timestamptz '2200-01-01 00:00+00'"

    let runner: any StatementRunner

    func takeWaiting(limit: Int) async throws -> WaitingAuditEvents? {
        // What is personal is read under a lock, which an erasure may have: then the event waits on, for nobody is to wait
        // for a long one. A sealed event may have come among those that wait by a restore of data alone.
        let waiting: SQL = """
            with waiting as materialized (
                select event.*
                from audit_queue as queue
                join audit_events as event on event.created_at = queue.created_at and event.id = queue.event_id
                where queue.created_at between \(unescaped: Self.times)
                    and (select true from audit_seals as seal where seal.event_id = queue.event_id) is null
                order by queue.created_at, queue.event_id
                limit \(limit)
            ), personal as materialized (
                select *
                from audit_personal_data
                where event_id = any(array(select id from waiting))
                for no key update skip locked
            )
            select \(unescaped: AuditChain.ofEvent.scope), \(unescaped: AuditChain.ofEvent.id), head.sequence, head.hash,
                \(unescaped: KeptAuditEvent.columns)
            from waiting as event
            left join personal on personal.event_id = event.id
            left join audit_heads as head on head.scope = \(unescaped: AuditChain.ofEvent.scope)
                and head.scope_id = \(unescaped: AuditChain.ofEvent.id)
            where personal.event_id is not null
                or (select true from audit_personal_data as held where held.event_id = event.id) is null
            """
        // The second statement sees what whoever had the lock before has committed. For a long queue PostgreSQL takes it for
        // so dear that it would compile it (JIT), which takes a second a batch.
        let results = try await runner.run(
            ["select pg_try_advisory_xact_lock(\(Self.lockKey)), set_config('jit', 'off', true)", waiting],
            access: .write)
        let hasTurn = try results.first?.firstValue { columns throws(PostgresDecodingError) in
            try columns.next(Bool.self)
        }
        guard hasTurn == true else { return nil }
        return WaitingAuditEvents(rows: try results.last?.values(WaitingRow.init(columns:)) ?? [])
    }

    func append(_ seals: [NewAuditSeal]) async throws {
        _ = try await runner.run(
            [Self.insertion(of: seals.map(\.seal)), Self.salting(seals), Self.moving(seals), Self.removal(of: seals)],
            access: .write)
    }

    private static func insertion(of seals: [AuditSeal]) -> SQL {
        """
        insert into audit_seals (
            scope, scope_id, sequence, event_id, event_created_at, event_hash, origin_hash, origin_erased,
            personal_hash, personal_erased, hash)
        select scope, scope_id, sequence, event_id, timestamptz 'epoch' + created_at * interval '1 microsecond',
            decode(event_hash, 'hex'), decode(nullif(origin_hash, ''), 'hex'), origin_erased = 1,
            decode(nullif(personal_hash, ''), 'hex'), personal_erased = 1, decode(hash, 'hex')
        from unnest(
            \(seals.map(\.chain.kind.rawValue)), \(seals.map(\.chain.id.uuid)), \(seals.map(\.sequence)),
            \(seals.map(\.eventID.uuid)), \(seals.map(\.eventCreatedAt.microseconds)),
            \(seals.map { HexDigits.encode($0.eventHash) }),
            \(seals.map(\.parts.origin.hexadecimal)), \(seals.map { Int64($0.parts.origin == .erased ? 1 : 0) }),
            \(seals.map(\.parts.personal.hexadecimal)), \(seals.map { Int64($0.parts.personal == .erased ? 1 : 0) }),
            \(seals.map { HexDigits.encode($0.hash) }))
            as seal (
                scope, scope_id, sequence, event_id, created_at, event_hash, origin_hash, origin_erased, personal_hash,
                personal_erased, hash)
        """
    }

    private static func salting(_ seals: [NewAuditSeal]) -> SQL {
        let salted = seals.filter { $0.salts.origin != nil || $0.salts.personal != nil }
        return """
            update audit_personal_data
            set origin_salt = decode(nullif(salt.origin, ''), 'hex'),
                personal_salt = decode(nullif(salt.personal, ''), 'hex')
            from unnest(
                \(salted.map(\.seal.eventID.uuid)), \(salted.map { HexDigits.encode($0.salts.origin ?? []) }),
                \(salted.map { HexDigits.encode($0.salts.personal ?? []) })) as salt (event_id, origin, personal)
            where audit_personal_data.event_id = any(\(salted.map(\.seal.eventID.uuid)))
                and audit_personal_data.event_id = salt.event_id
            """
    }

    /// The last seal of each chain is its head.
    private static func moving(_ seals: [NewAuditSeal]) -> SQL {
        let heads = Dictionary(seals.map { ($0.seal.chain, $0.seal.head) }) { _, last in last }.values
        return """
            insert into audit_heads (scope, scope_id, sequence, hash)
            select scope, scope_id, sequence, decode(hash, 'hex')
            from unnest(
                \(heads.map(\.chain.kind.rawValue)), \(heads.map(\.chain.id.uuid)), \(heads.map(\.sequence)),
                \(heads.map { HexDigits.encode($0.hash) })) as head (scope, scope_id, sequence, hash)
            on conflict (scope, scope_id) do update set sequence = excluded.sequence, hash = excluded.hash
            """
    }

    private static func removal(of seals: [NewAuditSeal]) -> SQL {
        """
        delete from audit_queue
        using unnest(
            \(seals.map(\.seal.eventID.uuid)), \(seals.map(\.seal.eventCreatedAt.microseconds)))
            as sealed (event_id, created_at)
        where audit_queue.created_at = timestamptz 'epoch' + sealed.created_at * interval '1 microsecond'
            and audit_queue.event_id = sealed.event_id
        """
    }
}

/// An event that waits, with the head of its chain.
private struct WaitingRow {
    let head: AuditHead?
    /// Nil where it can't be read.
    let kept: KeptAuditEvent?

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let chain = try AuditChain(columns: &columns)
        head = try AuditHead.optional(of: chain, columns: &columns)
        kept = try? KeptAuditEvent(columns: &columns)
    }
}

extension WaitingAuditEvents {
    fileprivate init(rows: [WaitingRow]) {
        let events = rows.compactMap(\.kept).sorted {
            ($0.event.createdAt, $0.event.id) < ($1.event.createdAt, $1.event.id)
        }
        self.init(events: events, heads: rows.compactMap(\.head), unreadable: rows.count - events.count)
    }
}

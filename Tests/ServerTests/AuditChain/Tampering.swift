import Core
import Testing

/// Something that the owner of the database does to the log, and what is said of it.
struct Tampering: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: String
    let faults: [AuditFault]

    private init(_ name: String, _ script: String, _ faults: AuditFault...) {
        testDescription = name
        self.script = script
        self.faults = faults
    }

    /// In the person's chain, where the event of a place has its number.
    private static func fault(_ kind: AuditFault.Kind, _ place: Int64) -> AuditFault {
        AuditFault(kind, chain: SealedLog.chain, sequence: place, eventID: SealedLog.id(UInt64(place)))
    }

    private static func unsealed(_ number: UInt64, in chain: AuditChain = SealedLog.chain) -> AuditFault {
        AuditFault(.unsealed, chain: chain, eventID: SealedLog.id(number))
    }

    private static func id(_ number: UInt64) -> String { "'\(SealedLog.id(number))'" }

    private static let ofPerson = "scope = 'user'"

    static let all: [Tampering] = events + people + chains

    private static let events = [
        Tampering(
            "an event is altered", "update audit_events set action = 'user.created' where id = \(id(2))",
            fault(.eventAltered, 2)),
        Tampering(
            "an event gets another actor", "update audit_events set actor_id = null where id = \(id(2))",
            fault(.eventAltered, 2)),
        Tampering(
            "an event is put down to a program", "update audit_events set actor_key_id = id where id = \(id(2))",
            fault(.eventAltered, 2)),
        Tampering(
            "an event is altered so that it can't be read",
            #"update audit_events set changes = '{"number": 2}' where id = \#(id(2))"#, fault(.eventAltered, 2)),
        Tampering(
            "an event is given to a team", "update audit_events set team_id = id where id = \(id(2))",
            fault(.eventAltered, 2)),
        Tampering(
            "an event is dated back",
            "update audit_events set created_at = created_at - interval '1 minute' where id = \(id(2))",
            fault(.eventMissing, 2)),
        Tampering(
            "two events change places",
            "update audit_events set target_id = 5 - target_id::int where id in (\(id(2)), \(id(3)))",
            fault(.eventAltered, 2), fault(.eventAltered, 3)),
        Tampering("an event is deleted", "delete from audit_events where id = \(id(2))", fault(.eventMissing, 2)),
        Tampering(
            "an event is inserted past the queue",
            """
            set session_replication_role = replica;
            insert into audit_events (created_at, id, action, target_type, changes)
            values ('2026-01-02', \(id(10)), 'a.b', 't', '{}')
            """, unsealed(10, in: .system)),
        Tampering(
            "an event is taken out of the queue",
            """
            insert into audit_events (created_at, id, action, target_type, changes)
            values ('2026-01-02', \(id(10)), 'a.b', 't', '{}');
            delete from audit_queue
            """, unsealed(10, in: .system)),
        Tampering(
            "an event is deleted before it is sealed",
            """
            insert into audit_events (created_at, id, action, target_type, changes)
            values ('2026-01-02', \(id(10)), 'a.b', 't', '{}');
            delete from audit_events where id = \(id(10))
            """, AuditFault(.waitingEventMissing, chain: nil, eventID: SealedLog.id(10))),
    ]

    private static let people = [
        Tampering(
            "an address is altered", "update audit_personal_data set ip = '192.0.2.9' where event_id = \(id(2))",
            fault(.originAltered, 2)),
        Tampering(
            "a browser is taken away", "update audit_personal_data set user_agent = null where event_id = \(id(2))",
            fault(.originAltered, 2)),
        Tampering(
            "an origin is taken away and not marked as erased",
            """
            update audit_personal_data set ip = null, user_agent = null, origin_salt = null where event_id = \(id(2))
            """, fault(.originAltered, 2)),
        Tampering(
            "a value is altered",
            #"update audit_personal_data set changes = '{"name": "Eve"}' where event_id = \#(id(2))"#,
            fault(.personalAltered, 2)),
        Tampering(
            "a salt is taken away", "update audit_personal_data set personal_salt = null where event_id = \(id(2))",
            fault(.personalAltered, 2)),
        Tampering(
            "all that tells of people is deleted", "delete from audit_personal_data where event_id = \(id(2))",
            fault(.originAltered, 2), fault(.personalAltered, 2)),
        Tampering(
            "an origin is made up",
            """
            insert into audit_personal_data (event_id, created_at, ip, changes)
            select id, created_at, '192.0.2.9', '{}' from audit_events where id = \(id(8))
            """, AuditFault(.originAltered, chain: .system, sequence: 1, eventID: SealedLog.id(8))),
    ]

    private static let chains = [
        Tampering(
            "a sealed hash of an event is altered",
            "update audit_seals set event_hash = sha256('') where \(ofPerson) and sequence = 2",
            fault(.linkBroken, 2), fault(.eventAltered, 2)),
        Tampering(
            "a sealed hash of an origin is altered",
            "update audit_seals set origin_hash = sha256('') where \(ofPerson) and sequence = 2",
            fault(.linkBroken, 2), fault(.originAltered, 2)),
        Tampering(
            "a link is altered", "update audit_seals set hash = sha256('') where \(ofPerson) and sequence = 2",
            fault(.linkBroken, 2), fault(.linkBroken, 3)),
        Tampering(
            "two seals change places",
            """
            update audit_seals set sequence = sequence + 10 where \(ofPerson) and sequence in (2, 3);
            update audit_seals set sequence = 15 - sequence where \(ofPerson) and sequence > 10
            """,
            AuditFault(.linkBroken, chain: SealedLog.chain, sequence: 2, eventID: SealedLog.id(3)),
            AuditFault(.linkBroken, chain: SealedLog.chain, sequence: 3, eventID: SealedLog.id(2)),
            fault(.linkBroken, 4)),
        Tampering(
            "a seal is deleted", "delete from audit_seals where \(ofPerson) and sequence = 2",
            fault(.sealsMissing(1), 3), unsealed(2)),
        Tampering(
            "the tail is cut", "delete from audit_seals where \(ofPerson) and sequence > 2", fault(.tailCut(2), 2),
            unsealed(3), unsealed(4)),
        Tampering(
            "the tail is cut with its events",
            """
            delete from audit_events where id in (\(id(3)), \(id(4)));
            delete from audit_seals where \(ofPerson) and sequence > 2
            """, fault(.tailCut(2), 2)),
        Tampering(
            "a whole chain is cut",
            """
            delete from audit_events where id in (select event_id from audit_seals where \(ofPerson));
            delete from audit_seals where \(ofPerson)
            """, AuditFault(.tailCut(4), chain: SealedLog.chain, sequence: 0)),
        Tampering("a head is deleted", "delete from audit_heads where \(ofPerson)", fault(.headAltered, 4)),
        Tampering(
            "a head is set back",
            """
            update audit_heads as head set sequence = seal.sequence, hash = seal.hash
            from audit_seals as seal where seal.\(ofPerson) and seal.sequence = 3 and head.\(ofPerson)
            """, fault(.headAltered, 4)),
        Tampering(
            "a chain is passed off as another person's",
            """
            update audit_seals set scope_id = \(id(1)) where \(ofPerson);
            update audit_heads set scope_id = \(id(1)) where \(ofPerson)
            """,
            AuditFault(.linkBroken, chain: .user(SealedLog.id(1).cast()), sequence: 1, eventID: SealedLog.id(1)),
            AuditFault(.eventAltered, chain: .user(SealedLog.id(1).cast()), sequence: 1, eventID: SealedLog.id(1)),
            AuditFault(.eventAltered, chain: .user(SealedLog.id(1).cast()), sequence: 2, eventID: SealedLog.id(2)),
            AuditFault(.eventAltered, chain: .user(SealedLog.id(1).cast()), sequence: 3, eventID: SealedLog.id(3)),
            AuditFault(.eventAltered, chain: .user(SealedLog.id(1).cast()), sequence: 4, eventID: SealedLog.id(4))),
    ]
}

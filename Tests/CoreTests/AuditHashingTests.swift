import Core
import Fakes
import Testing

/// What is hashed, shown by a hash that is its own input: two things with one hash would be two things with the same bytes.
struct AuditHashingTests {
    private let bytes = AuditHashing { $0 }
    private let salt = [UInt8](0..<16)

    /// Events of which no two say the same: each field another value, none, empty, or moved to its neighbour.
    private static let different: [AuditEvent] = [
        .made(), .made(id: 2), .made(createdAt: 1), .made(createdAt: -1), .made(action: "a.c"), .made(action: "a.bt"),
        .made(actor: 1), .made(impersonator: 1), .made(user: 1), .made(team: 1), .made(actor: 1, impersonator: 1),
        .made(targetType: "u"), .made(targetType: ""), .made(target: ""), .made(target: "1"), .made(request: ""),
        .made(request: "1"), .made(target: "1", request: "1"), .made(target: "1\u{0}1"), .made(target: "é"),
        .made(target: "e\u{301}x"), .made(changes: ["": ""]), .made(changes: ["a": ""]), .made(changes: ["": "a"]),
        .made(changes: ["a": "bc"]), .made(changes: ["ab": "c"]), .made(changes: ["a": "b", "c": ""]),
        .made(changes: ["a": "", "c": "b"]), .made(changes: ["a": "b\u{1}c"]),
        .made(action: "a.b\u{0}", targetType: ""), .made(key: 1), .made(key: 2), .made(actor: 1, key: 1),
        .made(key: 1, changes: ["a": ""]),
    ]

    @Test func `any change of any lasting field changes the hash of an event`() {
        let hashes = Self.different.map(bytes.event)
        #expect(Set(hashes).count == Self.different.count)
        // None is the beginning of another: so none could be had by adding to it.
        for (number, hash) in hashes.enumerated() {
            #expect(!hashes.enumerated().contains { $0.offset != number && $0.element.starts(with: hash) })
        }
    }

    @Test func `events made at random have one hash only if they are equal`() {
        let randomness = Randomness.seeded(7)
        func number(_ count: UInt64) -> UInt64 { randomness.words().0 % count }
        func text() -> String { ["", "a", "b", "ab", "a\u{0}", "\u{1}"][Int(number(6))] }
        func event() -> AuditEvent {
            .made(
                id: number(2), createdAt: Int64(number(2)), action: text(), actor: number(2), key: number(2),
                impersonator: number(2), user: number(2), team: number(2), targetType: text(),
                target: number(2) == 0 ? nil : text(),
                request: number(2) == 0 ? nil : text(),
                changes: Dictionary((0..<number(3)).map { _ in (text(), text()) }) { first, _ in first })
        }
        for _ in 0..<2000 {
            let (one, other) = (event(), event())
            #expect((bytes.event(one) == bytes.event(other)) == (one == other))
            #expect(bytes.event(one) == bytes.event(one))
        }
    }

    @Test func `the order in which changes were put together does not count`() {
        let names = (0..<50).map { "name\($0)" }
        var (forwards, backwards): ([String: String], [String: String]) = ([:], [:])
        for name in names { forwards[name] = name }
        backwards.reserveCapacity(500)
        for name in names.reversed() { backwards[name] = name }
        #expect(bytes.event(.made(changes: forwards)) == bytes.event(.made(changes: backwards)))
    }

    @Test func `what may be erased is not in the hash of an event`() {
        let told = AuditEvent.made(ip: "203.0.113.7", userAgent: "curl/8", personal: ["name": "Ada"])
        #expect(bytes.event(told) == bytes.event(.made()))
    }

    @Test func `any change of address, browser, salt or event changes the hash of an origin`() {
        let origins: [AuditEvent] = [
            .made(), .made(ip: ""), .made(ip: "a"), .made(userAgent: ""), .made(userAgent: "a"),
            .made(ip: "a", userAgent: "b"), .made(ip: "ab", userAgent: ""), .made(ip: "", userAgent: "ab"),
            .made(id: 2, ip: "a"),
        ]
        let hashes = origins.map { bytes.origin(of: $0, salt: salt) }
        #expect(Set(hashes).count == origins.count)
        #expect(Set(hashes).isDisjoint(with: origins.map { bytes.origin(of: $0, salt: salt.reversed()) }))
        #expect(bytes.origin(of: .made(ip: "a", personal: ["a": "b"]), salt: salt) == hashes[2])
    }

    @Test func `any change of a personal value, salt or event changes the hash of them`() {
        let events: [AuditEvent] = [
            .made(), .made(personal: ["": ""]), .made(personal: ["a": "b"]), .made(personal: ["b": "a"]),
            .made(personal: ["a": "b", "c": "d"]), .made(personal: ["a": "bcd"]), .made(id: 2, personal: ["a": "b"]),
        ]
        let hashes = events.map { bytes.personal(of: $0, salt: salt) }
        #expect(Set(hashes).count == events.count)
        #expect(Set(hashes).isDisjoint(with: events.map { bytes.personal(of: $0, salt: salt.reversed()) }))
        #expect(bytes.personal(of: .made(ip: "x", personal: ["a": "b"]), salt: salt) == hashes[2])
    }

    @Test func `any change of place, content or what came before changes a link`() {
        let parts: [SealedAuditPart] = [.none, .erased, .hash([]), .hash([0]), .hash([1])]
        var links: [[UInt8]] = []
        for previous: [UInt8] in [[], [1], [1, 2]] {
            for sequence: Int64 in [1, 2, -1] {
                for event: [UInt8] in [[], [2], [2, 1]] {
                    for origin in parts {
                        for personal in parts {
                            links.append(
                                bytes.link(
                                    after: previous, sequence: sequence, event: event,
                                    parts: AuditParts(origin: origin, personal: personal)))
                        }
                    }
                }
            }
        }
        #expect(Set(links).count == links.count)
    }

    @Test func `every chain begins elsewhere`() {
        let ids = [ID<Never>(high: 0, low: 0), ID(high: 0, low: 1), ID(high: 1, low: 0)]
        let chains = [AuditChain.system] + ids.flatMap { [AuditChain(.team, id: $0), AuditChain(.user, id: $0)] }
        #expect(Set(chains.map(bytes.start)).count == chains.count)
    }

    @Test func `an event is in the chain of its team, else of its person, else of the system`() {
        #expect(AuditChain(of: .made()) == .system)
        #expect(AuditChain(of: .made(actor: 1)) == .system)
        #expect(AuditChain(of: .made(actor: 2, user: 1)) == .user(ID(high: 1, low: 1)))
        #expect(AuditChain(of: .made(user: 2, team: 1)) == .team(ID(high: 1, low: 1)))
    }
}

extension AuditEvent {
    /// An event that says little; ids are told by a number, of which 0 stands for none.
    static func made(
        id: UInt64 = 1, createdAt: Int64 = 0, action: String = "a.b", actor: UInt64 = 0, key: UInt64 = 0,
        impersonator: UInt64 = 0, user: UInt64 = 0, team: UInt64 = 0, targetType: String = "t", target: String? = nil,
        request: String? = nil,
        changes: [String: String] = [:], ip: String? = nil, userAgent: String? = nil, personal: [String: String] = [:]
    ) -> AuditEvent {
        func named<Entity>(_ number: UInt64) -> Core.ID<Entity>? { number == 0 ? nil : ID(high: 1, low: number) }
        return AuditEvent(
            id: ID(high: 0, low: id), action: action, actorID: named(actor), actorKeyID: named(key),
            impersonatorID: named(impersonator), userID: named(user), teamID: named(team), targetType: targetType,
            targetID: target,
            origin: RequestOrigin(ip: ip, userAgent: userAgent, requestID: request), changes: changes,
            personal: personal, createdAt: Timestamp(microseconds: createdAt))
    }
}

import Core
import Testing

@testable import Auth

/// Hashes computed by another program: what is in databases must fit for ever.
struct AuditHashingVectorsTests {
    private let hashing = AuditHashing.sha256
    private let salt = [UInt8](0..<16)
    private let team = AuditChain.team(ID(high: 9, low: 10))
    private let full = AuditEvent(
        id: ID(high: 1, low: 2), action: "member.removed", actorID: ID(high: 3, low: 4),
        impersonatorID: ID(high: 5, low: 6), userID: ID(high: 7, low: 8), teamID: ID(high: 9, low: 10),
        targetType: "member", targetID: "42", origin: RequestOrigin(ip: "203.0.113.7", requestID: "r-1"),
        changes: ["role": "owner", "": "", "é": "✓"], personal: ["first_name": "Ada"],
        createdAt: Timestamp(microseconds: 1_767_225_600_123_457))
    private let bare = AuditEvent(
        id: ID(high: 1, low: 2), action: "user.created", actorID: nil, targetType: "user", targetID: nil, origin: .none,
        createdAt: Timestamp(microseconds: -1))

    @Test func `events`() {
        #expect(
            HexDigits.encode(hashing.event(full)) == "22ebc89d56ec9e01403472b6b6c4282dde362784986e77ff90b8e819b5fd2122")
        #expect(
            HexDigits.encode(hashing.event(bare)) == "27c8125f2aec8e4828496936e70561fabc7c49b52ee4da1924f908cfbd084ad2")
    }

    @Test func `what tells of people`() {
        #expect(
            HexDigits.encode(hashing.origin(of: full, salt: salt))
                == "51ffe90181eff2095cdd0c36b29a5df4219237a82872a9770930717693087f65")
        #expect(
            HexDigits.encode(hashing.personal(of: full, salt: salt))
                == "5fc4f32fdbfe6141a9a1c5e58b33233698f86c11eabfa8ede521642eff9a5c68")
    }

    @Test func `beginnings of chains`() {
        #expect(
            HexDigits.encode(hashing.start(of: team))
                == "7ef50211e5cdaa82b2de641935d271e179a6060cfb5d8a7da1136952d206c7a9")
        #expect(
            HexDigits.encode(hashing.start(of: .system))
                == "9e33d10a1e1f4dd3212818d55d02a00510dc3597c4a0aafc3d12b790291b7c2c")
    }

    @Test func `links`() {
        let origin = hashing.origin(of: full, salt: salt)
        let first = hashing.link(
            after: hashing.start(of: team), sequence: 1, event: hashing.event(full),
            parts: AuditParts(origin: .hash(origin), personal: .erased))
        #expect(HexDigits.encode(first) == "ed854dc4d257a78171bda2ed356251539811ce4c91a1d819d20c60d7a59e6fe0")
        let personal = hashing.personal(of: full, salt: salt)
        let second = hashing.link(
            after: first, sequence: 2, event: hashing.event(bare),
            parts: AuditParts(origin: .none, personal: .hash(personal)))
        #expect(HexDigits.encode(second) == "6d7e95114b836aa8eda17753fc9d431fea4be849588f6e66324efc100384bde4")
    }
}

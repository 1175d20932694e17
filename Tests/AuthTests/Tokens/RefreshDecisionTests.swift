import Core
import Fakes
import Testing

@testable import Auth

struct RefreshDecisionTests {
    private let start = Timestamp(seconds: 1_767_225_600)
    private let randomness = Randomness.seeded(1)
    private let keys: MasterKeys
    private let sessionID: ID<Session>
    /// The tokens of one session in their order.
    private let line: [RefreshToken]

    init() throws {
        let keys = try MasterKeys.test()
        let randomness = randomness
        let id = ID<Session>.make(at: start, randomness: randomness)
        self.keys = keys
        sessionID = id
        line = (0...3).map { .make(session: id, generation: $0, keys: keys, randomness: randomness) }
    }

    private func session(_ id: ID<Session>? = nil, revokedAt: Timestamp? = nil) -> Session {
        Session(
            id: id ?? sessionID, userID: .make(at: start, randomness: randomness), deviceName: nil, userAgent: nil,
            ip: nil,
            createdAt: start, lastSeenAt: start, authenticatedAt: start, idleExpiresAt: start + .days(7),
            expiresAt: start + .days(30), revokedAt: revokedAt)
    }

    /// Token 2 is the current one, made out of 1 at the start.
    private func state(sealed: [UInt8]? = [42]) -> RefreshState {
        RefreshState(
            hash: line[2].hash, generation: 2, parentHash: line[1].hash, sealedSuccessor: sealed, rotatedAt: start)
    }

    private func decide(
        _ token: RefreshToken, session: Session? = nil, state: RefreshState? = nil, after: Duration = .zero
    )
        -> RefreshDecision
    {
        .decide(presented: token, session: session ?? self.session(), state: state ?? self.state(), now: start + after)
    }

    @Test(arguments: [Duration.seconds(-1), .zero, .seconds(29), .seconds(30)])
    func `the direct parent gets the same successor within 30 s`(after: Duration) {
        #expect(decide(line[1], after: after) == .repeatSuccessor(sealed: [42]))
    }

    @Test(arguments: [Duration.seconds(30) + .microseconds(1), .minutes(5), .days(6)])
    func `the direct parent after 30 s is reuse`(after: Duration) {
        #expect(decide(line[1], after: after) == .reused)
    }

    @Test func `the direct parent without a sealed successor is reuse`() {
        #expect(decide(line[1], state: state(sealed: nil)) == .reused)
    }

    @Test func `the parent of a used successor is reuse at once`() {
        var used = state()
        (used.hash, used.generation, used.parentHash) = (line[3].hash, 3, line[2].hash)
        #expect(decide(line[1], state: used) == .reused)
        #expect(decide(line[2], state: used) == .repeatSuccessor(sealed: [42]))
    }

    @Test func `anything older is reuse`() {
        #expect(decide(line[0]) == .reused)
        let fork = RefreshToken.make(session: sessionID, generation: 1, keys: keys, randomness: randomness)
        #expect(decide(fork) == .reused)
    }

    @Test func `a token that was never handed out harms nothing`() {
        let fork = RefreshToken.make(session: sessionID, generation: 2, keys: keys, randomness: randomness)
        #expect(decide(fork) == .invalid)
        #expect(decide(line[3]) == .invalid)
        #expect(decide(line[2]) == .invalid)
        #expect(decide(line[1], session: session(.make(at: start, randomness: randomness))) == .invalid)
    }

    @Test func `a revoked session says so, whatever is presented`() {
        for token in line { #expect(decide(token, session: session(revokedAt: start)) == .sessionRevoked) }
    }

    @Test(arguments: [Duration.days(7), .days(30), .days(31)])
    func `an expired session says so, whatever is presented`(after: Duration) {
        for token in line { #expect(decide(token, after: after) == .sessionExpired) }
    }
}

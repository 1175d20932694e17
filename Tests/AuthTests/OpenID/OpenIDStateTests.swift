import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// What a browser has to bring back from a provider.
struct OpenIDStateTests {
    private typealias Sample = (
        name: String, bring: @Sendable (OpenIDSignInFixture, OpenIDSignInFixture.Attempt) async throws -> Brought
    )

    private struct Brought {
        var provider = "example"
        var state: String?
        var browserToken: String?
        var error: String?
    }

    private static let samples: [Sample] = [
        ("no state", { _, own in Brought(browserToken: own.browserToken) }),
        ("an empty state", { _, own in Brought(state: "", browserToken: own.browserToken) }),
        ("no browser token", { _, own in Brought(state: own.state) }),
        ("an empty browser token", { _, own in Brought(state: own.state, browserToken: "") }),
        ("the state for a token", { _, own in Brought(state: own.state, browserToken: own.state) }),
        (
            "the token's hash",
            { _, own in
                Brought(state: own.state, browserToken: OpenIDAttempt.mark(of: own.browserToken))
            }
        ),
        (
            "the state of another browser",
            { there, own in
                Brought(state: try await there.start().state, browserToken: own.browserToken)
            }
        ),
        (
            "in another browser",
            { there, own in
                Brought(state: own.state, browserToken: try await there.start().browserToken)
            }
        ),
        (
            "begun at another provider",
            { there, _ in
                let other = try await there.start(provider: "other")
                return Brought(state: other.state, browserToken: other.browserToken)
            }
        ),
        (
            "ended at another provider",
            { _, own in
                Brought(provider: "other", state: own.state, browserToken: own.browserToken)
            }
        ),
        ("cut off", { _, own in Brought(state: String(own.state.dropLast(4)), browserToken: own.browserToken) }),
        ("padded", { _, own in Brought(state: own.state + "=", browserToken: own.browserToken) }),
        (
            "one changed letter",
            { _, own in
                let letter = own.state.dropFirst(40).first == "A" ? "B" : "A"
                return Brought(
                    state: "\(own.state.prefix(40))\(letter)\(own.state.dropFirst(41))", browserToken: own.browserToken)
            }
        ),
        (
            "sealed for something else",
            { there, own in
                let attempt = OpenIDAttempt(
                    provider: "example", browser: OpenIDAttempt.mark(of: own.browserToken), nonce: own.nonce,
                    verifier: OpenIDFixture.verifier, target: "/")
                return Brought(
                    state: try there.fixture.accounts.challenges.seal(
                        attempt, for: .linking, until: there.fixture.time.now + .minutes(5)),
                    browserToken: own.browserToken)
            }
        ),
        (
            "of another installation",
            { there, own in
                let attempt = OpenIDAttempt(
                    provider: "example", browser: OpenIDAttempt.mark(of: own.browserToken), nonce: own.nonce,
                    verifier: OpenIDFixture.verifier, target: "/")
                return Brought(
                    state: try Challenges(keys: try .test()).seal(
                        attempt, for: .openID, until: there.fixture.time.now + .minutes(5)),
                    browserToken: own.browserToken)
            }
        ),
        ("an error without a state", { _, own in Brought(browserToken: own.browserToken, error: "access_denied") }),
        (
            "too late",
            { there, own in
                there.fixture.time.advance(by: .minutes(10))
                return Brought(state: own.state, browserToken: own.browserToken)
            }
        ),
    ]

    @Test(arguments: samples.indices)
    func `what was not begun in this browser, just now, is nothing`(index: Int) async throws {
        let there = try await OpenIDSignInFixture()
        let attempt = try await there.start()
        try await there.hand(out: attempt)
        let (name, bring) = Self.samples[index]
        let brought = try await bring(there, attempt)
        await #expect(throws: AuthError.challengeExpired, "\(name)") {
            try await there.signIns.finish(
                provider: brought.provider, OpenIDSignInFixture.callback(brought.state, error: brought.error),
                browserToken: brought.browserToken, on: .unknown, origin: .none)
        }
        // The code went nowhere.
        #expect(await there.provider.posts.isEmpty)
        #expect(try await there.ann() == nil)
    }

    @Test func `it is good for ten minutes, and once`() async throws {
        let there = try await OpenIDSignInFixture()
        let attempt = try await there.start()
        there.fixture.time.advance(by: .minutes(10) - .microseconds(1))
        try await there.hand(out: attempt)
        let result = try await there.finish(attempt).signedIn()
        await #expect(throws: AuthError.challengeExpired) { try await there.finish(attempt) }
        #expect(try await there.fixture.sessionCount(of: result.user.id) == 1)
    }

    @Test func `a person or a provider that says no is heard`() async throws {
        let there = try await OpenIDSignInFixture()
        let callbacks: [(String?, String?)] = [("c1", "access_denied"), (nil, "server_error"), (nil, nil)]
        for (code, error) in callbacks {
            let attempt = try await there.start()
            await #expect(throws: AuthError.signInDeclined) {
                try await there.signIns.finish(
                    provider: "example", OpenIDSignInFixture.callback(attempt.state, code: code, error: error),
                    browserToken: attempt.browserToken, on: .unknown, origin: .none)
            }
        }
        #expect(await there.provider.posts.isEmpty)
    }

    @Test func `a provider that nobody knows is not found`() async throws {
        let there = try await OpenIDSignInFixture()
        #expect(there.signIns.providers == ["example", "other"])
        let attempt = try await there.start()
        for name in ["", "Example", "google"] {
            await #expect(throws: AuthError.notFound) { try await there.start(provider: name) }
            await #expect(throws: AuthError.notFound) {
                try await there.signIns.finish(
                    provider: name, OpenIDSignInFixture.callback(attempt.state),
                    browserToken: attempt.browserToken, on: .unknown, origin: .none)
            }
        }
    }

    @Test func `a token made for another sign-in, or a callback from elsewhere, is refused`() async throws {
        let there = try await OpenIDSignInFixture()
        let (one, other) = (try await there.start(), try await there.start())
        #expect(one.nonce != other.nonce)
        try await there.hand(out: other)
        await #expect(throws: OpenIDProblem.self) { try await there.finish(one) }
        await #expect(throws: OpenIDProblem.callbackIssuerMismatch) {
            try await there.signIns.finish(
                provider: "example", OpenIDSignInFixture.callback(other.state, issuer: "https://evil.org"),
                browserToken: other.browserToken, on: .unknown, origin: .none)
        }
        #expect(try await there.ann() == nil)
        // Nothing came of it, so it may be tried again.
        _ = try await there.finish(other).signedIn()
    }

    @Test func `the state tells nobody what it holds, and costs no write`() async throws {
        let there = try await OpenIDSignInFixture()
        let before = there.fixture.database.uses
        let attempt = try await there.start(target: "/a-page-of-its-own")
        #expect(there.fixture.database.uses == before)
        let state = String(decoding: try #require(Base64URL.decode(attempt.state)), as: UTF8.self)
        for text in [attempt.nonce, attempt.browserToken, "a-page"] { #expect(!state.contains(text)) }
        #expect(try #require(Base64URL.decode(attempt.nonce)).count == 32)
        #expect(try #require(Base64URL.decode(attempt.browserToken)).count == 32)
    }

    @Test func `of thirty callbacks at once with one state, one signs in`() async throws {
        let there = try await OpenIDSignInFixture()
        let attempt = try await there.start()
        try await there.hand(out: attempt)
        let results = await race(30) { _ in try await there.finish(attempt) }
        #expect(results.successes().count == 1)
        #expect(results.failures(.challengeExpired) == 29)
        let user = try #require(try await there.ann())
        #expect(try await there.fixture.sessionCount(of: user.id) == 1)
        #expect(try await there.identities(of: user).count == 1)
        #expect(try await there.fixture.actions(of: user.id).count == 3)
    }

    @Test(arguments: [2, 8])
    func `first sign-ins at once of one new person, on as many instances, open one account`(
        count: Int
    ) async throws {
        let there = try await OpenIDSignInFixture()
        var ways: [(OpenIDSignIn, OpenIDSignInFixture.Attempt)] = []
        for _ in 0..<count {
            let (provider, signIns) = try there.instance()
            let attempt = try await there.start(signIns)
            try await there.hand(out: attempt, by: provider)
            ways.append((signIns, attempt))
        }
        let results = await race(count) { [ways] index in
            try await there.finish(ways[index].1, ways[index].0).signedIn().user.id
        }
        let user = try #require(try await there.ann())
        #expect(results.successes() == Array(repeating: user.id, count: count))
        #expect(try await there.identities(of: user).count == 1)
        #expect(try await there.fixture.sessionCount(of: user.id) == count)
        let actions = try await there.fixture.actions(of: user.id)
        #expect(actions.count { $0 == "user.registered" } == 1)
        #expect(actions.count { $0 == "identity.linked" } == 1)
    }
}

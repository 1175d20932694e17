import Core
import Persistence
import Testing

@testable import Auth

/// Acts upon accounts by two instances at once, where locks and row-level security are PostgreSQL's own.
/// One race at a time: beside several of them a server that another test starts would not be let in within its time.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct AdministrationRaceTests {
    private static let rounds = 5

    @Test(arguments: [SignOutScope.local, .global])
    func `nobody acts in another's name past a sign-out of the own`(scope: SignOutScope) async throws {
        try await Instances.with { instances in
            let person = try await instances.signedIn("ada@example.com", isSuperuser: false)
            for round in 0..<Self.rounds {
                let administrator = try await instances.signedIn("root\(round)@example.com", isSuperuser: true)
                let results = await instances.race(12) { accounts, index -> Session? in
                    guard index == 6 else {
                        return try await accounts.impersonate(
                            person.user.id, reason: "A test", by: administrator, origin: .none
                        ).session
                    }
                    try await accounts.signOut(administrator, scope: scope, origin: .none)
                    return nil
                }
                for result in results {
                    switch result {
                    case .success(let session):
                        guard let session else { continue }
                        #expect(try await !instances.isLive(session))
                    case .failure(let error): #expect(error as? AuthError == .sessionRevoked)
                    }
                }
            }
            #expect(try await instances.isLive(person.requireSession()))
        }
    }

    @Test func `of two administrators who suspend each other at once, one is left`() async throws {
        try await Instances.with { instances in
            for round in 0..<Self.rounds {
                let pair = [
                    try await instances.signedIn("one\(round)@example.com", isSuperuser: true),
                    try await instances.signedIn("two\(round)@example.com", isSuperuser: true),
                ]
                let results = await instances.race(2) { accounts, index in
                    try await accounts.suspend(
                        pair[1 - index].user.id, reason: "A test", by: pair[index], origin: .none)
                }
                #expect(results.count { (try? $0.get()) != nil } == 1)
                for case .failure(let error) in results { #expect(error as? AuthError == .sessionRevoked) }
            }
        }
    }

    @Test func `of administrators who take each other's right at once, one is left`() async throws {
        try await Instances.with { instances in
            for round in 0..<Self.rounds {
                var circle: [Principal] = []
                for index in 0..<(2 + round % 2) {
                    circle.append(try await instances.signedIn("right\(round)-\(index)@example.com", isSuperuser: true))
                }
                let all = circle
                let results = await instances.race(all.count) { accounts, index in
                    try await accounts.updateUser(
                        all[(index + 1) % all.count].user.id, AccountChanges(isSuperuser: false), by: all[index],
                        origin: .none)
                }
                var left = 0
                for principal in all where try await instances.isSuperuser(principal) { left += 1 }
                #expect(left >= 1)
                #expect(results.count { (try? $0.get()) != nil } == all.count - left)
                for case .failure(let error) in results { #expect(error as? AuthError == .sessionRevoked) }
            }
        }
    }

    @Test func `no refresh and no sign-in outlives a suspension`() async throws {
        try await Instances.with { instances in
            let administrator = try await instances.signedIn("root@example.com", isSuperuser: true)
            for round in 0..<Self.rounds {
                let email = "ada\(round)@example.com"
                let person = try await instances.signedIn(email, isSuperuser: false).user
                let token = try await instances.signIn(email).tokens.refreshToken
                let results = await instances.race(13) { accounts, index in
                    switch index {
                    case 6:
                        _ = try await accounts.suspend(person.id, reason: "A test", by: administrator, origin: .none)
                    case ..<6: _ = try await accounts.refreshSession(token, origin: .none)
                    default: _ = try await instances.signIn(email, accounts)
                    }
                }
                for case .failure(let error) in results {
                    #expect([.sessionRevoked, .accountSuspended].contains(error as? AuthError))
                }
                #expect(try await instances.liveSessions(of: person).isEmpty)
            }
        }
    }
}

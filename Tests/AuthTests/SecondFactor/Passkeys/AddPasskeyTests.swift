import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct AddPasskeyTests {
    @Test func `a passkey that was made is kept, the others are signed out, and its person is told`() async throws {
        let (fixture, own) = try await signedIn()
        let other = try await fixture.signedInPrincipal()
        let creation = try await fixture.accounts.startPasskey(of: own)
        #expect(creation.relyingParty == TestAuthenticator.relyingParty)
        #expect(creation.userHandle == own.user.id.bytes)
        #expect(creation.existing.isEmpty)
        #expect(creation.timeout == .minutes(5))
        let registration = try TestPasskey(of: own.user.id).register(creation) { $0.signCount = 5 }
        let passkey = try await add(registration, own, fixture)
        #expect(passkey.credentialID == Array(1...32))
        #expect(passkey.signCount == 5)
        #expect(passkey.name == "Phone")
        #expect(passkey.lastUsedAt == nil)
        #expect(try await fixture.accounts.listPasskeys(of: own) == [passkey])
        #expect(try await fixture.accounts.startPasskey(of: own).existing == [passkey])
        #expect(try await fixture.isLive(own))
        #expect(try await !fixture.isLive(other))
        let row = try #require(try await fixture.audit(of: own.user.id).first { $0.action == "passkey.added" })
        #expect(row.targetID == passkey.id.description)
        #expect(row.changes.isEmpty && row.personal == ["name": "Phone"])
        #expect(try await fixture.mails().count { $0.kind == .passkeyAdded } == 1)
        #expect(try await fixture.store.users.find(own.user.id)?.hasSecondFactor == false)
    }

    @Test func `it takes a fresh session, at both ends`() async throws {
        let (fixture, own) = try await signedIn()
        fixture.time.advance(by: .minutes(14))
        let registration = try TestPasskey(of: own.user.id).register(try await fixture.accounts.startPasskey(of: own))
        fixture.time.advance(by: .minutes(1))
        await #expect(throws: AuthError.reauthenticationRequired) { try await fixture.accounts.startPasskey(of: own) }
        await #expect(throws: AuthError.reauthenticationRequired) { try await add(registration, own, fixture) }
        #expect(try await fixture.store.passkeys.list(of: own.user.id).isEmpty)
    }

    @Test func `a challenge is good for the person it was handed to, whom nobody takes it from`() async throws {
        let (fixture, own) = try await signedIn()
        try await fixture.addUser("eve@example.com")
        let eve = try await fixture.signedInPrincipal("eve@example.com")
        let creation = try await fixture.accounts.startPasskey(of: own)
        let stolen = try TestPasskey(of: eve.user.id, credentialID: [2]).register(creation)
        await #expect(throws: AuthError.challengeExpired) { try await add(stolen, eve, fixture) }
        #expect(try await fixture.store.passkeys.list(of: eve.user.id).isEmpty)
        _ = try await add(try TestPasskey(of: own.user.id).register(creation), own, fixture)
    }

    @Test func `a challenge is good once, of thirty at once too`() async throws {
        let (fixture, own) = try await signedIn()
        let creation = try await fixture.accounts.startPasskey(of: own)
        let registrations = try (1...30).map {
            try TestPasskey(of: own.user.id, credentialID: [$0]).register(creation)
        }
        let results = await race(30) { try await add(registrations[$0], own, fixture) }
        #expect(results.successes().count == 1)
        #expect(results.failures(.challengeExpired) == 29)
        #expect(try await fixture.store.passkeys.list(of: own.user.id).count == 1)
        #expect(try await fixture.actions(of: own.user.id).count { $0 == "passkey.added" } == 1)
        await #expect(throws: AuthError.challengeExpired) { try await add(registrations[0], own, fixture) }
    }

    @Test func `a challenge is good for five minutes`() async throws {
        let (fixture, own) = try await signedIn()
        for (waited, isGood) in [(Duration.minutes(5) - .microseconds(1), true), (.minutes(5), false)] {
            let registration = try TestPasskey(of: own.user.id).register(
                try await fixture.accounts.startPasskey(of: own))
            fixture.time.advance(by: waited)
            if isGood {
                _ = try await add(registration, own, fixture)
            } else {
                await #expect(throws: AuthError.challengeExpired) { try await add(registration, own, fixture) }
            }
        }
    }

    @Test func `a challenge for something else, or none of ours, is none for this`() async throws {
        let (fixture, own) = try await signedIn()
        let passkey = TestPasskey(of: own.user.id)
        let (accounts, expiry) = (fixture.accounts, fixture.time.now + .minutes(5))
        let purposes: [Challenges.Purpose] = [.secondFactor, .openID, .linking, .passkeyUse]
        var challenges = try purposes.map {
            try accounts.challenges.seal(PasskeyOwner(user: own.user.id), for: $0, until: expiry)
        }
        challenges += [try accounts.startPasskeyUse().challenge, Base64URL.encode(TestAuthenticator.challenge)]
        for challenge in challenges {
            let registration = try passkey.register(challenge: challenge)
            await #expect(throws: AuthError.challengeExpired) { try await add(registration, own, fixture) }
        }
        for recorded in RecordedPasskey.programs {
            let registration = try recorded.registration()
            await #expect(throws: AuthError.challengeExpired) { try await add(registration, own, fixture) }
        }
    }

    private static let cheats: [Cheat] = [
        Cheat("not verified", .userNotVerified) { $0.flags = 0x41 },
        Cheat("not present", .userNotPresent) { $0.flags = 0x44 },
        Cheat("another site", .wrongOrigin) { $0.origin = "https://app.example.com.evil.org" },
        Cheat("another relying party", .wrongRelyingParty) { $0.relyingPartyID = "example.com" },
        Cheat("an assertion", .wrongType) { $0.type = "webauthn.get" },
        Cheat("no credential", .missingCredential) {
            $0.parameters = nil
            $0.flags = 0x05
        },
        Cheat("no JSON", .malformedClientData) { $0.clientData = "{" },
    ]

    @Test(arguments: cheats)
    func `what was not asked for is refused`(cheat: Cheat) async throws {
        let (fixture, own) = try await signedIn()
        let registration = try TestPasskey(of: own.user.id).register(
            try await fixture.accounts.startPasskey(of: own), cheat.change)
        await #expect(throws: AuthError.passkeyRejected) { try await add(registration, own, fixture) }
        #expect(try await fixture.store.passkeys.list(of: own.user.id).isEmpty)
        #expect(try await !fixture.actions(of: own.user.id).contains("passkey.added"))
    }

    @Test func `a passkey that somebody has is nobody's anew`() async throws {
        let (fixture, own) = try await signedIn()
        let (_, stored) = try await fixture.addPasskey(to: own)
        try await fixture.addUser("eve@example.com")
        for principal in [own, try await fixture.signedInPrincipal("eve@example.com")] {
            await #expect(throws: AuthError.passkeyRejected) { try await fixture.addPasskey(to: principal) }
        }
        #expect(try await fixture.store.passkeys.find(credentialID: stored.credentialID) == stored)
    }

    @Test func `a person has twenty at most, of twenty-five at once too`() async throws {
        let (fixture, own) = try await signedIn()
        var registrations: [PasskeyRegistration] = []
        for index in 1...25 {
            let creation = try await fixture.accounts.startPasskey(of: own)
            registrations.append(
                try TestPasskey(of: own.user.id, credentialID: [UInt8(index)]).register(creation))
        }
        let results = await race(25) { [registrations] in try await add(registrations[$0], own, fixture) }
        #expect(results.successes().count == 20)
        #expect(results.failures(.tooManyPasskeys) == 5)
        #expect(try await fixture.store.passkeys.list(of: own.user.id).count == 20)
        await #expect(throws: AuthError.tooManyPasskeys) {
            try await fixture.addPasskey(to: own, credentialID: [99])
        }
        let removed = try #require(results.successes().first)
        try await fixture.accounts.removePasskey(removed.id, of: own, origin: .none)
        _ = try await fixture.addPasskey(to: own, credentialID: [99])
    }

    @Test func `an account on its way to deletion gets none`() async throws {
        let (fixture, own) = try await signedIn()
        let registration = try TestPasskey(of: own.user.id).register(try await fixture.accounts.startPasskey(of: own))
        try await fixture.change(own.user.id) {
            $0.deletedAt = fixture.time.now
            $0.purgeAt = fixture.time.now + .days(14)
        }
        let leaving = try await fixture.refreshed(own)
        await #expect(throws: AuthError.accountPendingDeletion) { try await fixture.accounts.startPasskey(of: leaving) }
        await #expect(throws: AuthError.accountPendingDeletion) { try await fixture.accounts.listPasskeys(of: leaving) }
        await #expect(throws: AuthError.accountPendingDeletion) { try await add(registration, leaving, fixture) }
    }

    @Test func `where browsers allow none, none is asked for`() async throws {
        let (fixture, own) = try await signedIn()
        let accounts = Accounts(
            database: fixture.database, throttle: fixture.accounts.throttle, hashing: fixture.hashing,
            passwordPolicy: PasswordPolicy(), keys: fixture.keys, issuer: fixture.accounts.issuer,
            configuration: AuthConfiguration(baseURL: "https://192.0.2.1"), time: fixture.time.source,
            randomness: .seeded(5))
        #expect(!accounts.offersPasskeys)
        await #expect(throws: AuthError.passkeysUnavailable) { try await accounts.startPasskey(of: own) }
        #expect(throws: AuthError.passkeysUnavailable) { try accounts.startPasskeyUse() }
    }

    private func signedIn() async throws -> (AccountsFixture, Principal) {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        return (fixture, try await fixture.signedInPrincipal())
    }

    private func add(
        _ registration: PasskeyRegistration, _ principal: Principal, _ fixture: AccountsFixture
    ) async throws -> Passkey {
        try await fixture.accounts.addPasskey(
            registration, name: "Phone", of: principal, origin: AccountsFixture.origin)
    }
}

import Core
import Crypto
import Fakes
import Testing

@testable import Auth

struct OneTimeTokensTests {
    private let job = ID<Job>(high: 1, low: 2)

    @Test func `a mail tried again carries the same token of 256 bits`() throws {
        let token = OneTimeTokens(keys: try .test()).token(for: job, purpose: .resetPassword)
        #expect(OneTimeTokens(keys: try .test()).token(for: job, purpose: .resetPassword) == token)
        #expect(token.utf8.count == 43)
        #expect(Base64URL.decode(token)?.count == 32)
    }

    @Test func `tokens differ by job, purpose and master key`() throws {
        let tokens = OneTimeTokens(keys: try .test())
        var all = Set(OneTimeToken.Purpose.allCases.map { tokens.token(for: job, purpose: $0) })
        all.insert(tokens.token(for: ID(high: 1, low: 3), purpose: .resetPassword))
        all.insert(OneTimeTokens(keys: try .test(MasterKeys.secondText)).token(for: job, purpose: .resetPassword))
        #expect(all.count == OneTimeToken.Purpose.allCases.count + 2)
    }

    @Test func `its hash is SHA-256 of the text`() {
        #expect(OneTimeTokens.hash(of: "abc") == Array(SHA256.hash(data: Array("abc".utf8))))
    }

    @Test func `a mail queued before a new master key came first still carries the stored token`() throws {
        let before = OneTimeTokens(keys: try .test())
        let token = before.token(for: job, purpose: .verifyEmail)
        let hash = OneTimeTokens.hash(of: token)
        let after = OneTimeTokens(keys: try .test(MasterKeys.secondText, MasterKeys.firstText))
        #expect(after.token(for: job, purpose: .verifyEmail) != token)
        #expect(after.token(for: job, purpose: .verifyEmail, matching: hash) == token)
        #expect(after.token(for: job, purpose: .resetPassword, matching: hash) == nil)
        let without = OneTimeTokens(keys: try .test(MasterKeys.secondText))
        #expect(without.token(for: job, purpose: .verifyEmail, matching: hash) == nil)
    }
}

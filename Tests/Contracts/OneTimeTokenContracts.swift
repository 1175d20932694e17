import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let oneTimeTokens: [Contract] = [
        Contract("a token is taken out once, as it was written, expired or not") { context in
            let user = try await context.addUser()
            let tokens = context.system.oneTimeTokens
            for purpose in OneTimeToken.Purpose.allCases {
                let token = OneTimeToken.sample(context, of: user, purpose: purpose)
                try await tokens.insert(token)
                #expect(try await tokens.consume(hash: token.hash, purpose: purpose) == token)
                #expect(try await tokens.consume(hash: token.hash, purpose: purpose) == nil)
            }
            let expired = OneTimeToken.sample(context, of: user, lifetime: .minutes(-1))
            try await tokens.insert(expired)
            #expect(try await tokens.consume(hash: expired.hash, purpose: expired.purpose) == expired)
        },
        Contract("a token is found as it was written, address and session with it, and stays") { context in
            let user = try await context.addUser()
            let tokens = context.system.oneTimeTokens
            let address = try EmailAddress(parsing: "New.Address@Example.org")
            let token = OneTimeToken(
                hash: context.makeHash(), purpose: .changeEmail, userID: user.id, emailKey: address.key,
                newEmail: address, sessionID: context.makeID(), createdAt: context.now, expiresAt: context.now)
            try await tokens.insert(token)
            #expect(try await tokens.find(hash: token.hash, purpose: .changeEmail) == token)
            #expect(try await tokens.find(hash: token.hash, purpose: .undoEmailChange) == nil)
            #expect(try await tokens.find(hash: context.makeHash(), purpose: .changeEmail) == nil)
            #expect(try await tokens.consume(hash: token.hash, purpose: .changeEmail) == token)
            #expect(try await tokens.find(hash: token.hash, purpose: .changeEmail) == nil)
        },
        Contract("a user's tokens made since a time are removed, and those before stay") { context in
            let user = try await context.addUser()
            let tokens = context.system.oneTimeTokens
            var written: [OneTimeToken] = []
            for _ in 0..<3 {
                let token = OneTimeToken.sample(context, of: user, purpose: .undoEmailChange)
                try await tokens.insert(token)
                written.append(token)
                context.time.advance(by: .microseconds(1))
            }
            try await tokens.removeAll(
                of: user.id, purposes: [.undoEmailChange], madeSince: written[1].createdAt)
            let left = try await written.asyncMap { try await tokens.find(hash: $0.hash, purpose: $0.purpose) }
            #expect(left == [written[0], nil, nil])
        },
        Contract("a token asked for under another purpose stays") { context in
            let user = try await context.addUser()
            let tokens = context.system.oneTimeTokens
            let token = OneTimeToken.sample(context, of: user, purpose: .verifyEmail)
            try await tokens.insert(token)
            for purpose in OneTimeToken.Purpose.allCases where purpose != .verifyEmail {
                #expect(try await tokens.consume(hash: token.hash, purpose: purpose) == nil)
            }
            #expect(try await tokens.consume(hash: context.makeHash(), purpose: .verifyEmail) == nil)
            #expect(try await tokens.consume(hash: token.hash, purpose: .verifyEmail) == token)
        },
        Contract("a token is consumed by one of 50 who ask at once") { context in
            let user = try await context.addUser()
            let token = OneTimeToken.sample(context, of: user)
            try await context.system.oneTimeTokens.insert(token)
            let consumed = await race(50) { _ in
                try await context.system.oneTimeTokens.consume(hash: token.hash, purpose: token.purpose) != nil
            }
            #expect(try consumed.trues() == 1)
        },
        Contract("a hash belongs to one token, and a token to a user there is") { context in
            let user = try await context.addUser()
            let token = OneTimeToken.sample(context, of: user)
            try await context.system.oneTimeTokens.insert(token)
            let twin = OneTimeToken(
                hash: token.hash, purpose: .magicLink, userID: user.id, emailKey: user.email.key,
                createdAt: context.now, expiresAt: context.now)
            await #expect(throws: DatabaseError.duplicate(.oneTimeTokenHash)) {
                try await context.system.oneTimeTokens.insert(twin)
            }
            let orphan = OneTimeToken.sample(context, of: try .sample(context))
            await #expect(throws: DatabaseError.unexpected(code: "23503")) {
                try await context.system.oneTimeTokens.insert(orphan)
            }
        },
        Contract("a user's tokens of some purposes are removed, and no others") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let tokens = context.system.oneTimeTokens
            let resets = (0..<2).map { _ in OneTimeToken.sample(context, of: ada, purpose: .resetPassword) }
            let link = OneTimeToken.sample(context, of: ada, purpose: .magicLink)
            let verification = OneTimeToken.sample(context, of: ada, purpose: .verifyEmail)
            let graces = OneTimeToken.sample(context, of: grace, purpose: .resetPassword)
            for token in resets + [link, verification, graces] { try await tokens.insert(token) }

            try await tokens.removeAll(of: ada.id, purposes: [])
            try await tokens.removeAll(of: ada.id, purposes: [.resetPassword, .magicLink, .changeEmail])
            for token in resets + [link] {
                #expect(try await tokens.consume(hash: token.hash, purpose: token.purpose) == nil)
            }
            for token in [verification, graces] {
                #expect(try await tokens.consume(hash: token.hash, purpose: token.purpose) == token)
            }
        },
        Contract("tokens that expired before a time are removed") { context in
            let user = try await context.addUser()
            let tokens = context.system.oneTimeTokens
            let lifetimes: [Duration] = [.microseconds(-1), .zero, .microseconds(1)]
            let written = lifetimes.map { OneTimeToken.sample(context, of: user, lifetime: $0) }
            for token in written { try await tokens.insert(token) }
            #expect(try await tokens.removeExpired(before: context.now) == 1)
            #expect(try await tokens.removeExpired(before: context.now) == 0)
            let left = try await written.asyncMap { try await tokens.consume(hash: $0.hash, purpose: $0.purpose) }
            #expect(left == [nil, written[1], written[2]])
        },
    ]
}

extension Array {
    fileprivate func asyncMap<Other>(_ transform: (Element) async throws -> Other) async rethrows -> [Other] {
        var others: [Other] = []
        for element in self { others.append(try await transform(element)) }
        return others
    }
}

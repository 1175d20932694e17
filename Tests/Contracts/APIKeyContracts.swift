import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let apiKeys: [Contract] = [
        Contract("a key is found by its id as it was written, with its hash and its person") { context async throws in
            let user = try await context.addUser()
            let (key, hash) = (APIKey.sample(context, of: user), context.makeHash())
            let keys = context.system.apiKeys
            try await keys.insert(key, hash: hash)
            let found = try #require(try await keys.authenticate(key.id))
            #expect(found.key == key && found.hash == hash && found.user == user)
            #expect(try await keys.authenticate(context.makeID()) == nil)
        },
        Contract("keys are listed latest first, counted, and removed one by one or all") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let keys = context.system.apiKeys
            var written: [APIKey] = []
            for _ in 0..<5 {
                let key = APIKey.sample(context, of: ada)
                try await keys.insert(key, hash: context.makeHash())
                written.insert(key, at: 0)
                context.time.advance(by: .seconds(1))
            }
            let others = APIKey.sample(context, of: grace)
            try await keys.insert(others, hash: context.makeHash())
            let first = try await keys.list(of: ada.id, page: PageRequest(limit: 3))
            let second = try await keys.list(of: ada.id, page: PageRequest(limit: 3, after: first.next))
            #expect(first.items + second.items == written)
            #expect(try await keys.count(of: ada.id) == 5)
            #expect(try await keys.remove(others.id, of: ada.id) == false)
            #expect(try await keys.remove(written[0].id, of: ada.id))
            #expect(try await keys.remove(written[0].id, of: ada.id) == false)
            #expect(try await keys.authenticate(written[0].id) == nil)
            #expect(try await keys.removeAll(of: ada.id) == 4)
            #expect(try await keys.list(of: ada.id, page: PageRequest()).items.isEmpty)
            #expect(try await keys.count(of: grace.id) == 1)
        },
        Contract("a key's use is noted at most once an interval") { context async throws in
            let user = try await context.addUser()
            let key = APIKey.sample(context, of: user)
            let keys = context.system.apiKeys
            try await keys.insert(key, hash: context.makeHash())
            for (after, noted) in [(0, 0), (4, 0), (6, 6)] as [(Int64, Int64)] {
                let time = context.now + .minutes(after)
                try await keys.touch(key.id, at: time, interval: .minutes(5))
                #expect(try await keys.authenticate(key.id)?.key.lastUsedAt == context.now + .minutes(noted))
            }
        },
        Contract("another person's keys are not there") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let key = APIKey.sample(context, of: ada)
            try await context.store(of: ada).apiKeys.insert(key, hash: context.makeHash())
            let others = context.store(of: grace).apiKeys
            #expect(try await others.authenticate(key.id) == nil)
            #expect(try await others.list(of: ada.id, page: PageRequest()).items.isEmpty)
            #expect(try await others.remove(key.id, of: ada.id) == false)
            #expect(try await others.removeAll(of: ada.id) == 0)
            try await others.touch(key.id, at: context.now, interval: .zero)
            #expect(try await context.store(of: ada).apiKeys.authenticate(key.id)?.key == key)
        },
    ]
}

extension APIKey {
    fileprivate static func sample(_ context: ContractContext, of user: User) -> APIKey {
        APIKey(
            id: context.makeID(), userID: user.id, name: "Deploy", prefix: "plk_AZk1",
            scopes: Scopes([.usersRead, .filesWrite]), expiresAt: context.now + .days(30), createdAt: context.now)
    }
}

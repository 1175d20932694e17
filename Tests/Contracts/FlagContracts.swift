import Core
import Fakes
import Persistence
import Testing

extension Contracts {
    static let flags: [Contract] = [
        Contract("flags are read as they were saved, by key, with what counts their changes") { context async throws in
            let flags = context.system.flags
            #expect(try await flags.revision() == 0)
            #expect(try await flags.all() == FlagSet.none)
            let user = context.makeID(of: User.self).description
            let rules = [
                FlagRule(.user, .isOneOf, [user], value: false),
                FlagRule(.plan, .isNoneOf, ["free", "pro"], percentage: 7),
                FlagRule(.emailDomain, .isOneOf, ["example.org"], percentage: 0),
                FlagRule(.team, .any, percentage: 100),
            ]
            let second = try await flags.save(
                .sample(context, "b.second", description: "Zoë's \"🎉\"\nline", rules: rules))
            #expect(second.rules == rules && second.version == 1 && second.description == "Zoë's \"🎉\"\nline")
            let first = try await flags.save(.sample(context, "a-first", isOnByDefault: true))
            #expect(first.version == 2 && first.createdAt == context.now && first.isOnByDefault)
            #expect(try await flags.find(second.key) == second)
            #expect(try await flags.findLocked(first.key) == first)
            let all = try await flags.all()
            #expect(all == FlagSet(revision: 2, [first, second]) && all.all == [first, second])
            #expect(try await flags.find(FlagKey(stored: "another")) == nil)
        },
        Contract("a flag that is saved again keeps the time of its creation and nothing else") { context async throws in
            let flags = context.system.flags
            let before = try await flags.save(
                .sample(context, "one", description: "Old", isOnByDefault: true, rules: [FlagRule(.team, .any)]))
            context.time.advance(by: .seconds(5))
            let after = try await flags.save(.sample(context, "one"))
            #expect(after.createdAt == before.createdAt && after.updatedAt == context.now)
            #expect(after.description.isEmpty && after.rules.isEmpty && !after.isOnByDefault)
            #expect(after.version == 2)
            #expect(try await flags.all() == FlagSet(revision: 2, [after]))
        },
        Contract("a flag that is removed is gone, and counted") { context async throws in
            let flags = context.system.flags
            let flag = try await flags.save(.sample(context, "one"))
            #expect(try await flags.remove(flag.key))
            #expect(try await flags.find(flag.key) == nil)
            #expect(try await flags.all() == FlagSet(revision: 2, []))
            #expect(try await flags.remove(flag.key) == false)
            // Another of the same name is told from the one before.
            #expect(try await flags.save(.sample(context, "one")).version > 2)
        },
        Contract("of changes at once each counts, and what is not committed counts for nothing") {
            context async throws in
            let saved = await race(20) { number in
                let flag = FeatureFlag.sample(context, "flag-\(number % 4)", description: "\(number)")
                return try await context.system.flags.save(flag).version
            }
            #expect(try Set(saved.map { try $0.get() }) == Set(1...20))
            #expect(try await context.system.flags.revision() == 20)
            await #expect(throws: Abandoned.self) {
                try await context.database.transaction(.system) { store in
                    _ = try await store.flags.save(.sample(context, "lost"))
                    throw Abandoned()
                }
            }
            let all = try await context.system.flags.all()
            #expect(all.revision == 20 && all.all.count == 4)
        },
        Contract("a flag that is locked is changed by nobody else") { context async throws in
            let key = FlagKey(stored: "one")
            _ = try await context.system.flags.save(.sample(context, "one"))
            let results = await race(10) { _ in
                try await context.database.transaction(.system, repetition: .allowed) { store async throws in
                    var flag = try #require(try await store.flags.findLocked(key))
                    flag.description += "x"
                    return try await store.flags.save(flag).description.isEmpty == false
                }
            }
            #expect(try results.trues() == 10)
            #expect(try await context.system.flags.find(key)?.description == String(repeating: "x", count: 10))
        },
        Contract("nobody but the system reads or changes flags") { context async throws in
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let flag = try await context.system.flags.save(.sample(context, "one"))
            for scope in [Scope.user(ada.id), .team(team, ada.id)] {
                let flags = context.database.scoped(scope).flags
                await #expect(throws: DatabaseError.self) { try await flags.revision() }
                await #expect(throws: DatabaseError.self) { try await flags.all() }
                await #expect(throws: DatabaseError.self) { try await flags.find(flag.key) }
                await #expect(throws: DatabaseError.self) { try await flags.save(flag) }
                await #expect(throws: DatabaseError.self) { try await flags.remove(flag.key) }
            }
            #expect(try await context.system.flags.all() == FlagSet(revision: 1, [flag]))
        },
    ]
}

extension FeatureFlag {
    fileprivate static func sample(
        _ context: ContractContext, _ key: String, description: String = "", isOnByDefault: Bool = false,
        rules: [FlagRule] = []
    ) -> FeatureFlag {
        FeatureFlag(
            key: FlagKey(stored: key), description: description, isOnByDefault: isOnByDefault, rules: rules,
            createdAt: context.now, updatedAt: context.now)
    }
}

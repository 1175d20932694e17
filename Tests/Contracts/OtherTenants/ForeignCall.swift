import Core
import Persistence
import Testing

/// A function of a repository, called in the scope of somebody else than the tenant whose rows it is about.
///
/// A new function gets a line in the table of its area, or one in ``ForeignCall/others`` with the reason; a test reads the
/// protocols and fails until it has one.
public struct ForeignCall: Sendable {
    /// The function as the store has it, such as `users.find(_:)`.
    public let name: String
    /// - Returns: Whether something of the tenant was seen or changed.
    let reaches: @Sendable (any Store, Tenant, ContractContext) async throws -> Bool

    init(
        _ name: String, _ reaches: @escaping @Sendable (any Store, Tenant, ContractContext) async throws -> Bool
    ) {
        self.name = name
        self.reaches = reaches
    }

    init(_ name: String, _ reaches: @escaping @Sendable (any Store, Tenant) async throws -> Bool) {
        self.init(name) { store, tenant, _ in try await reaches(store, tenant) }
    }

    init(_ name: String, _ reaches: @escaping @Sendable (any Store) async throws -> Bool) {
        self.init(name) { store, _, _ in try await reaches(store) }
    }

    public static let all = accounts + credentials + records + teams + teamThings + webhooks

    /// How a scope may refuse what lies outside of it.
    fileprivate static let refusals: [DatabaseError] = [.notFound, .unexpected(code: "42501")]
}

extension Contracts {
    static let otherTenants: [Contract] = [
        ("accounts", ForeignCall.accounts), ("credentials", ForeignCall.credentials), ("records", ForeignCall.records),
        ("teams", ForeignCall.teams), ("things of teams", ForeignCall.teamThings), ("webhooks", ForeignCall.webhooks),
    ].map { area, calls in
        Contract("no function sees or changes what is another tenant's: \(area)") { context async throws in
            let grace = try await Tenant.leaving(context)
            let ada = try await context.addUser()
            let team = try await context.addTeamID(of: ada)
            let before = try await Belongings(of: grace, in: context.system, at: context.now)
            for scope in [Scope.user(ada.id), .team(team, ada.id)] {
                let store = context.database.scoped(scope)
                for call in calls {
                    do {
                        let reaches = try await call.reaches(store, grace, context)
                        #expect(!reaches, "\(call.name) reaches another tenant in \(scope)")
                    } catch let error as DatabaseError {
                        #expect(ForeignCall.refusals.contains(error), "\(call.name) in \(scope)")
                    }
                    let after = try await Belongings(of: grace, in: context.system, at: context.now)
                    #expect(after == before, "\(call.name) changes another tenant in \(scope)")
                }
            }
        }
    }
}

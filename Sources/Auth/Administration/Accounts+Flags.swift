public import Core
import Persistence

/// What an administrator says of a flag.
public struct FlagDefinition: Sendable, Equatable {
    public let description: String
    public let isOnByDefault: Bool
    public let rules: [FlagRule]

    public init(description: String = "", isOnByDefault: Bool = false, rules: [FlagRule] = []) {
        self.description = description
        self.isOnByDefault = isOnByDefault
        self.rules = rules
    }
}

/// Whether a flag is what the caller takes it for; nil stands for none.
public typealias FlagExpectation = @Sendable (FeatureFlag?) throws -> Bool

extension Accounts {
    /// All flags, by key.
    /// - Throws: As ``Principal/requireAdministrator()``.
    public func listFlags(by principal: Principal) async throws -> [FeatureFlag] {
        try principal.requireAdministrator()
        return try await database.scoped(.system).flags.all().all
    }

    /// One flag.
    /// - Throws: ``AuthError/notFound``; as ``Principal/requireAdministrator()``.
    public func flag(_ key: FlagKey, by principal: Principal) async throws -> FeatureFlag {
        try principal.requireAdministrator()
        guard let flag = try await database.scoped(.system).flags.find(key) else { throw AuthError.notFound }
        return flag
    }

    /// Makes a flag, or replaces all that was said of it. Does nothing about one that is so already.
    /// - Parameter isExpected: Asked while nobody else can change it.
    /// - Throws: ``AuthError/preconditionFailed``; ``AuthError/tooManyFlags``; ``AuthError/sessionRevoked``; as
    ///   ``Principal/requireAdministrator(at:)``.
    public func setFlag(
        _ key: FlagKey, to definition: FlagDefinition, by principal: Principal, origin: RequestOrigin,
        if isExpected: FlagExpectation = { _ in true }
    ) async throws -> FeatureFlag {
        try await changeFlag(key, by: principal, if: isExpected) { before, store, now in
            guard before?.definition != definition else { return before }
            let isNew = before == nil
            if isNew, try await store.flags.all().all.count >= FeatureFlag.most { throw AuthError.tooManyFlags }
            let saved = try await store.flags.save(
                FeatureFlag(
                    key: key, description: definition.description, isOnByDefault: definition.isOnByDefault,
                    rules: definition.rules, createdAt: now, updatedAt: now))
            try await store.auditLog.record(
                audit(by: .principal(principal), owner: nil, origin: origin, at: now)
                    .event(isNew ? .flagCreated : .flagUpdated, on: "flag", named: key.text, changes: definition.told))
            return saved
        }.requireFound()
    }

    /// Removes a flag: the program takes what it would without it.
    /// - Parameter isExpected: As in ``setFlag(_:to:by:origin:if:)``.
    /// - Throws: ``AuthError/notFound``; as ``setFlag(_:to:by:origin:if:)``.
    public func removeFlag(
        _ key: FlagKey, by principal: Principal, origin: RequestOrigin,
        if isExpected: FlagExpectation = { _ in true }
    ) async throws {
        _ = try await changeFlag(key, by: principal, if: isExpected) { before, store, now in
            let before = try before.requireFound()
            _ = try await store.flags.remove(key)
            try await store.auditLog.record(
                audit(by: .principal(principal), owner: nil, origin: origin, at: now)
                    .event(.flagDeleted, on: "flag", named: key.text, changes: before.definition.told))
            return before
        }
    }

    private func changeFlag(
        _ key: FlagKey, by principal: Principal, if isExpected: FlagExpectation,
        _ body: @Sendable (_ before: FeatureFlag?, _ store: any Store, _ now: Timestamp) async throws -> FeatureFlag?
    ) async throws -> FeatureFlag? {
        let now = time.now()
        try principal.requireAdministrator(at: now)
        return try await database.transaction(.system, repetition: .allowed) { store in
            try await requireStillAdministrator(principal, in: store, at: now)
            let before = try await store.flags.findLocked(key)
            guard try isExpected(before) else { throw AuthError.preconditionFailed }
            return try await body(before, store, now)
        }
    }
}

extension FeatureFlag? {
    fileprivate func requireFound() throws -> FeatureFlag {
        guard let self else { throw AuthError.notFound }
        return self
    }
}

extension FeatureFlag {
    fileprivate var definition: FlagDefinition {
        FlagDefinition(description: description, isOnByDefault: isOnByDefault, rules: rules)
    }
}

extension FlagDefinition {
    /// As audit rows tell it: a line for each rule, such as `team in a,b 50% true`.
    fileprivate var told: [String: String] {
        let lines = rules.map { rule in
            let values = rule.values.isEmpty ? "" : " \(rule.values.joined(separator: ","))"
            return "\(rule.attribute.rawValue) \(rule.comparison.rawValue)\(values) \(rule.percentage)% \(rule.value)"
        }
        return [
            "description": description, "default": String(isOnByDefault), "rules": lines.joined(separator: "\n"),
        ]
    }
}

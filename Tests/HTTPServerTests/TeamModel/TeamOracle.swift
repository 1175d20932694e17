/// What the rules of teams say, written once more and without looking at the product: roles, who is in a team, what an act is
/// answered and what it changes.
struct TeamOracle {
    typealias Person = Int

    /// What each built-in role allows.
    static let builtIn: [String: Set<String>] = {
        let viewer: Set = ["team:read", "members:read", "files:read"]
        let member = viewer.union(["files:write", "ai:use", "billing:read"])
        let all: Set = [
            "team:read", "team:write", "team:delete", "members:read", "members:write", "invitations:read",
            "invitations:write", "roles:read", "roles:write", "api_keys:read", "api_keys:write", "webhooks:read",
            "webhooks:write", "audit:read", "billing:read", "billing:write", "files:read", "files:write", "ai:use",
        ]
        return ["owner": all, "admin": all.subtracting(["team:delete"]), "member": member, "viewer": viewer]
    }()

    struct Group {
        let id: String
        var name: String
        var primary: Person
        /// Who joined when, and as what.
        var members: [Person: (role: String, joined: Int)]
        /// What the team's own roles allow, by id.
        var roles: [String: Set<String>] = [:]
        /// Open links by id: the token, and the role that they give.
        var links: [String: (token: String, role: String)] = [:]

        func permissions(of role: String) -> Set<String> { builtIn[role] ?? roles[role] ?? [] }

        /// Whether somebody with one role may give, change and take away another.
        func mayManage(_ role: String, _ other: String) -> Bool {
            (other != "owner" || role == "owner") && permissions(of: other).isSubset(of: permissions(of: role))
        }

        /// The owner who joined first, somebody aside. No two joined at the same moment.
        func heir(except person: Person) -> Person? {
            members.filter { $0.key != person && $0.value.role == "owner" }.min { $0.value.joined < $1.value.joined }?
                .key
        }
    }

    /// What is answered: a status, and the code of a problem.
    struct Answer: Equatable {
        let status: Int
        var code: String?

        static let hidden = Answer(status: 404, code: "not_found")
        static let forbidden = Answer(status: 403, code: "forbidden")
        static let tooHigh = Answer(status: 403, code: "role_too_high")
        static let lastOwner = Answer(status: 409, code: "last_owner")
    }

    var groups: [Group] = []
    /// Counts the acts, which is what time is here.
    var clock = 0

    /// Why somebody may not do this in a group; nil when they may.
    func refusal(_ person: Person, _ permission: String, in group: Int) -> Answer? {
        guard let role = groups[group].members[person]?.role else { return .hidden }
        return groups[group].permissions(of: role).contains(permission) ? nil : .forbidden
    }

    /// The same for giving, changing and taking away roles.
    func refusal(_ person: Person, _ permission: String, managing roles: [String], in group: Int) -> Answer? {
        if let refusal = refusal(person, permission, in: group) { return refusal }
        guard let own = groups[group].members[person]?.role else { return .hidden }
        return roles.allSatisfy { groups[group].mayManage(own, $0) } ? nil : .tooHigh
    }

    // MARK: Acts, each with its answer

    mutating func rename(_ group: Int, to name: String, by person: Person) -> Answer {
        if let refusal = refusal(person, "team:write", in: group) { return refusal }
        groups[group].name = name
        return Answer(status: 200)
    }

    mutating func setRole(_ role: String, of target: Person, in group: Int, by person: Person) -> Answer {
        if let refusal = refusal(person, "members:write", in: group) { return refusal }
        guard let before = groups[group].members[target] else { return .hidden }
        guard groups[group].isRole(role) else { return Answer(status: 422, code: "validation_failed") }
        if let refusal = refusal(person, "members:write", managing: [before.role, role], in: group) { return refusal }
        if before.role == "owner", role != "owner" {
            guard let heir = groups[group].heir(except: target) else { return .lastOwner }
            if groups[group].primary == target { groups[group].primary = heir }
        }
        groups[group].members[target]?.role = role
        return Answer(status: 200)
    }

    mutating func remove(_ target: Person, from group: Int, by person: Person) -> Answer {
        guard target != person else { return leave(group, by: person) }
        if let refusal = refusal(person, "members:write", in: group) { return refusal }
        guard let before = groups[group].members[target] else { return .hidden }
        if let refusal = refusal(person, "members:write", managing: [before.role], in: group) { return refusal }
        return takeOut(target, of: group)
    }

    mutating func leave(_ group: Int, by person: Person) -> Answer {
        groups[group].members[person] == nil ? .hidden : takeOut(person, of: group)
    }

    private mutating func takeOut(_ person: Person, of group: Int) -> Answer {
        if groups[group].members[person]?.role == "owner" {
            guard let heir = groups[group].heir(except: person) else { return .lastOwner }
            if groups[group].primary == person { groups[group].primary = heir }
        }
        groups[group].members[person] = nil
        return Answer(status: 204)
    }

    mutating func transfer(_ group: Int, to target: Person, by person: Person) -> Answer {
        if let refusal = refusal(person, "team:delete", in: group) { return refusal }
        guard groups[group].primary == person else { return .forbidden }
        guard groups[group].members[target] != nil else { return Answer(status: 422, code: "validation_failed") }
        if target != person {
            groups[group].members[person]?.role = "admin"
            groups[group].members[target]?.role = "owner"
            groups[group].primary = target
        }
        return Answer(status: 200)
    }

    /// - Returns: Whether a role is made, which then has the id that the answer gives.
    func makesRole(_ permissions: Set<String>, in group: Int, by person: Person) -> Answer {
        if let refusal = refusal(person, "roles:write", in: group) { return refusal }
        let own = groups[group].permissions(of: groups[group].members[person]?.role ?? "")
        return permissions.isSubset(of: own) ? Answer(status: 201) : .tooHigh
    }

    mutating func changeRole(_ role: String, to permissions: Set<String>, in group: Int, by person: Person) -> Answer {
        if let refusal = refusal(person, "roles:write", in: group) { return refusal }
        guard let before = groups[group].roles[role] else { return .hidden }
        let own = groups[group].permissions(of: groups[group].members[person]?.role ?? "")
        guard before.union(permissions).isSubset(of: own) else { return .tooHigh }
        groups[group].roles[role] = permissions
        return Answer(status: 200)
    }

    mutating func removeRole(_ role: String, from group: Int, by person: Person) -> Answer {
        if let refusal = refusal(person, "roles:write", in: group) { return refusal }
        guard groups[group].roles[role] != nil else { return .hidden }
        if let refusal = refusal(person, "roles:write", managing: [role], in: group) { return refusal }
        let isUsed =
            groups[group].members.values.contains { $0.role == role }
            || groups[group].links.values.contains { $0.role == role }
        guard !isUsed else { return Answer(status: 409, code: "role_in_use") }
        groups[group].roles[role] = nil
        return Answer(status: 204)
    }

    /// Whether a link is made, which then has the id and the token that the answer gives.
    func makesLink(_ role: String, in group: Int, by person: Person) -> Answer {
        if let refusal = refusal(person, "invitations:write", in: group) { return refusal }
        guard groups[group].isRole(role) else { return Answer(status: 422, code: "validation_failed") }
        return refusal(person, "invitations:write", managing: [role], in: group) ?? Answer(status: 201)
    }

    mutating func revoke(_ link: String, of group: Int, by person: Person) -> Answer {
        if let refusal = refusal(person, "invitations:write", in: group) { return refusal }
        guard groups[group].links[link] != nil else { return .hidden }
        groups[group].links[link] = nil
        return Answer(status: 204)
    }

    /// - Parameter seats: What every team has.
    mutating func take(_ link: String, of group: Int, by person: Person, seats: Int) -> Answer {
        guard let role = groups[group].links[link]?.role else {
            return Answer(status: 410, code: "invitation_unavailable")
        }
        if groups[group].members[person] != nil { return Answer(status: 200) }
        guard groups[group].members.count < seats else { return Answer(status: 403, code: "upgrade_required") }
        groups[group].members[person] = (role, clock)
        return Answer(status: 200)
    }

    /// Whether the team is removed, in whose place another one is made.
    func deletes(_ group: Int, by person: Person) -> Answer {
        refusal(person, "team:delete", in: group) ?? Answer(status: 204)
    }
}

extension TeamOracle.Group {
    func isRole(_ role: String) -> Bool { TeamOracle.builtIn[role] != nil || roles[role] != nil }
}

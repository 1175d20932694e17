import Core
import Fakes
import Foundation
import HTTPTypes
import Testing

@testable import HTTPServer

/// Random acts upon random teams by members, strangers and keys, each compared with what ``TeamOracle`` says.
struct TeamModelTests {
    private static let operations = 20_000
    private static let groups = 6
    private static let people = 9
    /// As the fixture gives every team.
    private static let seats = 5

    @Test(.timeLimit(.minutes(10)))
    func `twenty thousand acts end as the rules say, and nobody sees a foreign row`() async throws {
        try await TestAPI.run { api async throws in
            var run = try await ModelRun(api, people: Self.people, groups: Self.groups, seats: Self.seats, seed: 5)
            for number in 0..<Self.operations {
                let act = try await run.step()
                guard act.told == act.expected else {
                    Issue.record("act \(number), \(act.text): \(act.told), expected \(act.expected)")
                    return
                }
            }
            // Every kind of act was both allowed and refused.
            for (kind, seen) in run.statuses.sorted(by: { $0.key < $1.key }) {
                #expect(seen.contains { $0 < 300 } && seen.contains { $0 >= 400 }, "\(kind): \(seen.sorted())")
            }
            #expect(run.statuses.count == ModelRun.names)
        }
    }
}

/// What an act was answered, and what it should have been.
struct ModelAct {
    let text: String
    let told: TeamOracle.Answer
    let expected: TeamOracle.Answer
}

/// The product and the oracle side by side.
struct ModelRun {
    static let kinds = 16
    /// What they are called: one of the kinds takes links back and, now and then, removes the team.
    static let names = 17
    private static let roles = ["owner", "admin", "member", "viewer"]

    private let api: TestAPI
    private let seats: Int
    private var tokens: [String] = []
    private var ids: [String] = []
    private var random: FuzzSource
    private var oracle = TeamOracle()
    private(set) var statuses: [String: Set<Int>] = [:]

    init(_ api: TestAPI, people: Int, groups: Int, seats: Int, seed: UInt64) async throws {
        self.api = api
        self.seats = seats
        random = FuzzSource(seed: seed)
        for number in 0..<people {
            let access = try await api.registerProven("p\(number)@example.com").access
            tokens.append(access)
            ids.append(try await api.id(of: access))
        }
        for number in 0..<groups { oracle.groups.append(try await group(of: number % people)) }
    }

    private func group(of person: Int) async throws -> TeamOracle.Group {
        let id = try await api.team(named: "Team", as: tokens[person])
        return TeamOracle.Group(id: id, name: "Team", primary: person, members: [person: ("owner", oracle.clock)])
    }

    /// One random act, told by the product and by the oracle.
    mutating func step() async throws -> ModelAct {
        oracle.clock += 1
        api.time.advance(by: .milliseconds(1))
        let (person, group) = (random.number(0..<tokens.count), random.number(0..<oracle.groups.count))
        let target = random.number(0..<tokens.count)
        let kind = random.number(0..<Self.kinds)
        switch kind {
        case 0: return try await see("", by: person, needing: "team:read", group)
        case 1: return try await see("/members?limit=100", by: person, needing: "members:read", group)
        case 2: return try await see("/roles", by: person, needing: "roles:read", group)
        case 3: return try await see("/permissions", by: person, needing: "team:read", group)
        case 4: return try await see("/invitations?limit=100", by: person, needing: "invitations:read", group)
        case 5:
            let name = "Team \(oracle.clock)"
            let expected = oracle.rename(group, to: name, by: person)
            return try await tell("rename", .patch, "", #"{"name":"\#(name)"}"#, person, group, expected)
        case 6:
            let role = anyRole(in: group)
            let expected = oracle.setRole(role, of: target, in: group, by: person)
            return try await tell(
                "set role", .patch, "/members/\(ids[target])", #"{"role":"\#(role)"}"#, person, group, expected)
        case 7:
            let expected = oracle.remove(target, from: group, by: person)
            return try await tell("remove", .delete, "/members/\(ids[target])", nil, person, group, expected)
        case 8:
            return try await tell("leave", .post, "/leave", nil, person, group, oracle.leave(group, by: person))
        case 9:
            let expected = oracle.transfer(group, to: target, by: person)
            return try await tell(
                "transfer", .post, "/transfer-ownership", #"{"user_id":"\#(ids[target])"}"#, person, group, expected)
        case 10: return try await makeRole(by: person, in: group)
        case 11:
            let (role, permissions) = (ownRole(in: group), somePermissions())
            let expected = oracle.changeRole(role, to: permissions, in: group, by: person)
            let list = permissions.sorted().map { "\"\($0)\"" }.joined(separator: ",")
            return try await tell(
                "change role", .patch, "/roles/\(role)", #"{"permissions":[\#(list)]}"#, person, group, expected)
        case 12:
            let role = ownRole(in: group)
            let expected = oracle.removeRole(role, from: group, by: person)
            return try await tell("remove role", .delete, "/roles/\(role)", nil, person, group, expected)
        case 13: return try await makeLink(by: person, in: group)
        case 14: return try await takeLink(by: person, in: group)
        default: return try await deleteOrRevoke(by: person, in: group)
        }
    }
}

extension ModelRun {
    private mutating func tell(
        _ kind: String, _ method: HTTPRequest.Method, _ path: String, _ json: String?, _ person: Int, _ group: Int,
        _ expected: TeamOracle.Answer
    ) async throws -> ModelAct {
        let answer = try await api.teams(method, "/\(oracle.groups[group].id)\(path)", json, as: tokens[person])
        return note(kind, answer, expected, "\(kind) by \(person) in \(group) \(json ?? path)")
    }

    private mutating func note(
        _ kind: String, _ answer: TestAnswer, _ expected: TeamOracle.Answer, _ text: String
    ) -> ModelAct {
        statuses[kind, default: []].insert(answer.status)
        return ModelAct(
            text: text, told: TeamOracle.Answer(status: answer.status, code: answer.code), expected: expected)
    }

    /// Looks at something of a team, and compares what is seen with what is there.
    private mutating func see(
        _ path: String, by person: Int, needing permission: String, _ group: Int
    ) async throws -> ModelAct {
        let (team, kind) = (oracle.groups[group], "see \(path.prefix { $0 != "?" })")
        let expected = oracle.refusal(person, permission, in: group) ?? TeamOracle.Answer(status: 200)
        let answer = try await api.teams(.get, "/\(team.id)\(path)", as: tokens[person])
        if expected == .hidden {
            let absent = try await api.teams(.get, "/0198c5f0-6b5e-7c3a-9d2e-000000000000\(path)", as: tokens[person])
            #expect(answer.comparable == absent.comparable)
        }
        if answer.status == 200 {
            let role = team.members[person]?.role
            switch path {
            case "":
                #expect(answer["name"] as? String == team.name && answer["role"] as? String == role)
                #expect(answer["owner_id"] as? String == ids[team.primary])
            case "/permissions":
                #expect(answer["permissions"] as? [String] == team.permissions(of: role ?? "").sorted())
            case "/roles":
                let own = answer.data.filter { $0["built_in"] as? Bool == false }.compactMap { $0["id"] as? String }
                #expect(Set(own) == Set(team.roles.keys))
            case "/invitations?limit=100":
                let open = answer.data.filter { $0["status"] as? String == "pending" }.compactMap {
                    $0["id"] as? String
                }
                // What was revoked fills the page before long: no foreign one may be among those that are open.
                #expect(Set(open).isSubset(of: team.links.keys))
            default:
                var seen: [String: String] = [:]
                for item in answer.data {
                    let user = item["user"] as? [String: Any]
                    seen[user?["id"] as? String ?? ""] = item["role"] as? String
                }
                #expect(seen == Dictionary(uniqueKeysWithValues: team.members.map { (ids[$0.key], $0.value.role) }))
            }
        }
        return note(kind, answer, expected, "\(kind) by \(person) in \(group)")
    }

    private mutating func makeRole(by person: Int, in group: Int) async throws -> ModelAct {
        let permissions = somePermissions()
        var expected = oracle.makesRole(permissions, in: group, by: person)
        if expected.status == 201, oracle.groups[group].roles.count >= 50 {
            expected = TeamOracle.Answer(status: 409, code: "limit_reached")
        }
        let list = permissions.sorted().map { "\"\($0)\"" }.joined(separator: ",")
        let answer = try await api.teams(
            .post, "/\(oracle.groups[group].id)/roles", #"{"name":"Role \#(oracle.clock)","permissions":[\#(list)]}"#,
            as: tokens[person])
        if let id = answer["id"] as? String { oracle.groups[group].roles[id] = permissions }
        return note("make role", answer, expected, "make role of \(permissions.sorted()) by \(person) in \(group)")
    }

    private mutating func makeLink(by person: Int, in group: Int) async throws -> ModelAct {
        let role = anyRole(in: group)
        let expected = oracle.makesLink(role, in: group, by: person)
        let answer = try await api.teams(
            .post, "/\(oracle.groups[group].id)/invitations", #"{"link":true,"role":"\#(role)"}"#, as: tokens[person])
        if let made = answer["invitation"] as? [String: Any], let id = made["id"] as? String,
            let token = (answer["url"] as? String)?.split(separator: "=").last
        {
            oracle.groups[group].links[id] = (String(token), role)
        }
        return note("make link", answer, expected, "make link to \(role) by \(person) in \(group)")
    }

    private mutating func takeLink(by person: Int, in group: Int) async throws -> ModelAct {
        let link = oracle.groups[group].links.keys.sorted().randomElement(using: &random)
        let token = link.flatMap { oracle.groups[group].links[$0]?.token } ?? "nothing"
        let expected =
            link.map { oracle.take($0, of: group, by: person, seats: seats) } ?? TeamOracle.Answer.hidden
        let answer = try await api.post("/invitations/\(token)/accept", as: tokens[person])
        return note("take link", answer, expected, "take link by \(person) in \(group)")
    }

    /// Links are taken back mostly, so that teams live long enough to become something.
    private mutating func deleteOrRevoke(by person: Int, in group: Int) async throws -> ModelAct {
        guard random.number(0..<20) == 0 else {
            let link = oracle.groups[group].links.keys.sorted().randomElement(using: &random)
            let id = link ?? ids[person]
            let expected = oracle.revoke(id, of: group, by: person)
            return try await tell("revoke", .delete, "/invitations/\(id)", nil, person, group, expected)
        }
        let expected = oracle.deletes(group, by: person)
        let act = try await tell("delete", .delete, "", nil, person, group, expected)
        if expected.status == 204 { oracle.groups[group] = try await self.group(of: person) }
        return act
    }

    private mutating func anyRole(in group: Int) -> String {
        let own = oracle.groups[group].roles.keys.sorted()
        guard let role = own.randomElement(using: &random), random.number(0..<3) == 0 else {
            return Self.roles[random.number(0..<Self.roles.count)]
        }
        return role
    }

    /// One of the team's own, or an id that is none.
    private mutating func ownRole(in group: Int) -> String {
        oracle.groups[group].roles.keys.sorted().randomElement(using: &random) ?? ids[0]
    }

    private mutating func somePermissions() -> Set<String> {
        let all = (TeamOracle.builtIn["owner"] ?? []).sorted()
        let count = random.number(0..<4) + 1
        return Set((0..<count).map { _ in all[random.number(0..<all.count)] })
    }
}

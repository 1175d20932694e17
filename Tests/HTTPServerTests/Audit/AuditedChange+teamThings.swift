import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

extension AuditedChange {
    private static let gif = "GIF89a then whatever"
    private static let sentGIF: HTTPFields = [.contentType: "image/gif"]

    /// What is changed of the things that teams have: pictures, keys, grants, domains, webhooks.
    static let teamThings: [AuditedChange] = avatars + keys + grants + domains + webhooks

    private static let avatars: [AuditedChange] = [
        AuditedChange("putTeamAvatar", .team("team.avatar_changed")) { scene in
            var request = try scene.ada(gif)
            request.headers = sentGIF
            return request
        },
        AuditedChange("removeTeamAvatar", .team("team.avatar_removed")) { scene in
            let set = try await scene.api.teams(
                .put, "/\(scene.team)/avatar", gif, as: scene.access(of: .ada), headers: sentGIF)
            #expect(set.status == 200, "\(set.text)")
            return try scene.ada()
        },
    ]

    private static let keys: [AuditedChange] = [
        AuditedChange("createTeamAPIKey", .team("api_key.created")) {
            try $0.ada(#"{"name":"Deploy","scopes":["team:read"],"address_ranges":["127.0.0.0/8"]}"#)
        },
        AuditedChange("updateTeamAPIKey", .team("api_key.updated")) {
            try $0.ada(#"{"name":"Reports"}"#, ["id": try await $0.key().id])
        },
        AuditedChange("rotateTeamAPIKey", .team("api_key.rotated")) {
            try $0.ada(#"{"overlap_seconds":3600}"#, ["id": try await $0.key().id])
        },
        AuditedChange("deleteTeamAPIKey", .team("api_key.deleted")) {
            try $0.ada(nil, ["id": try await $0.key().id])
        },
        // A program acts by itself, in nobody's name.
        AuditedChange("updateTeam", AuditedRow(action: "team.updated", group: .adas)) {
            AuditedRequest(access: try await $0.key().secret, body: #"{"name":"Looms"}"#, parameters: ["team": $0.team])
        },
    ]

    private static let grants: [AuditedChange] = [
        AuditedChange("createGrant", .team("grant.created", about: .grace)) {
            try $0.ada(AuditScene.grant(to: try await $0.graceAsSubject()))
        },
        AuditedChange("createGrant", .team("grant.created")) {
            try $0.ada(AuditScene.grant(to: #"{"role":"viewer"}"#))
        },
        AuditedChange("removeGrant", .team("grant.deleted", about: .grace)) { scene in
            let grant = AuditScene.grant(to: try await scene.graceAsSubject())
            return try scene.ada(nil, ["grant": try await scene.make("grants", grant)])
        },
        AuditedChange("removeGrant", .team("grant.deleted")) { scene in
            let grant = AuditScene.grant(to: #"{"role":"viewer"}"#)
            return try scene.ada(nil, ["grant": try await scene.make("grants", grant)])
        },
    ]

    private static let domains: [AuditedChange] = [
        AuditedChange("createDomain", .team("domain.added")) { try $0.ada(AuditScene.domain) },
        AuditedChange("removeDomain", .team("domain.removed")) {
            try $0.ada(nil, ["id": try await $0.domainWithRecord()])
        },
        AuditedChange("verifyDomain", .team("domain.verified")) {
            try $0.ada(AuditScene.byRecord, ["id": try await $0.domainWithRecord()])
        },
        AuditedChange("verifyDomain", .team("domain.mailed")) {
            try $0.ada(AuditScene.byMail, ["id": try await $0.make("domains", AuditScene.domain)])
        },
        AuditedChange("confirmDomain", AuditedRow(action: "domain.verified", group: .adas, hasAddress: false)) {
            scene in
            try await scene.verify(try await scene.make("domains", AuditScene.domain), AuditScene.byMail)
            let token = try await scene.api.token(in: "verify_domain", to: "postmaster@example.com")
            return scene.nobody(TestAPI.proof(token))
        },
        AuditedChange("joinTeam", .team("member.joined", by: .root, about: .root)) { scene in
            try await scene.verify(try await scene.domainWithRecord(), AuditScene.byRecord)
            return try scene.root()
        },
    ]

    // Of a webhook's address, which may be as good as a password, the rows tell the host alone: it counts as a secret here.
    private static let webhooks: [AuditedChange] = [
        AuditedChange("createWebhook", .team("webhook.created")) { try $0.ada(AuditScene.webhook) },
        AuditedChange("updateWebhook", .team("webhook.updated")) {
            let other = #"{"url":"https://other.example.com/hook","events":["team.updated"]}"#
            return try $0.ada(other, ["id": try await $0.make("webhooks", AuditScene.webhook)])
        },
        AuditedChange("removeWebhook", .team("webhook.removed")) {
            try $0.ada(nil, ["id": try await $0.make("webhooks", AuditScene.webhook)])
        },
        AuditedChange("rotateWebhookSecret", .team("webhook.secret_rotated")) {
            try $0.ada(nil, ["id": try await $0.make("webhooks", AuditScene.webhook)])
        },
        AuditedChange("testWebhook", .team("webhook.tested")) {
            try $0.ada(nil, ["id": try await $0.make("webhooks", AuditScene.webhook)])
        },
        AuditedChange("redeliverWebhook", .team("webhook.redelivered")) { scene in
            let id = try await scene.make("webhooks", AuditScene.webhook)
            let delivery = try await scene.make("webhooks/\(id)/test")
            scene.api.pass(seconds: 1)
            return try scene.ada(nil, ["id": id, "delivery": delivery])
        },
    ]
}

extension AuditScene {
    /// Where people of the scene have their addresses.
    fileprivate static let domain = #"{"domain":"example.com"}"#
    fileprivate static let byRecord = #"{"method":"dns"}"#
    fileprivate static let byMail = #"{"method":"email"}"#
    fileprivate static let webhook = #"{"url":"https://receiver.example.com/hook"}"#

    fileprivate static func grant(to subject: String) -> String {
        #"{"resource_type":"file","resource_id":"a","subject":\#(subject),"permission":"files:read"}"#
    }

    /// Grace, as a grant names her.
    fileprivate func graceAsSubject() async throws -> String {
        #"{"user_id":"\#(try #require(try await id(of: .grace)))"}"#
    }

    /// Makes a key of Ada's team that may rename it.
    fileprivate func key() async throws -> TestAPI.APIKey {
        try await api.teamKey(in: team, ["team:read", "team:write"], as: access(of: .ada))
    }

    /// Adds the domain to Ada's team, puts its record into the DNS and returns its id.
    fileprivate func domainWithRecord() async throws -> String {
        let made = try await api.teams(.post, "/\(team)/domains", Self.domain, as: access(of: .ada))
        let record = try #require(made["record"] as? [String: Any], "\(made.text)")
        api.installation.records.set(
            [try #require(record["value"] as? String)], of: try #require(record["name"] as? String))
        return try #require(made["id"] as? String)
    }

    /// Proves a domain of Ada's team, or has the link for it mailed.
    fileprivate func verify(_ domain: String, _ method: String) async throws {
        let answer = try await api.teams(
            .post, "/\(team)/domains/\(domain)/verify", method, as: access(of: .ada))
        #expect(answer.status < 300, "\(answer.text)")
    }
}

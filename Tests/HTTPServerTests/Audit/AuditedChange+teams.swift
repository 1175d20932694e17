import Core
import HTTPTypes
import Testing

@testable import HTTPServer

extension AuditedChange {
    /// What is changed in teams.
    static let teams: [AuditedChange] = [
        AuditedChange("createTeam", AuditedRow(action: "team.created", actor: .ada, group: .another)) {
            try $0.ada(#"{"name":"Looms"}"#)
        },
        AuditedChange("updateTeam", .team("team.updated")) { try $0.ada(#"{"name":"Looms"}"#) },
        AuditedChange("deleteTeam", .team("team.deleted")) { try $0.ada() },
        AuditedChange("setTeamSettings", .team("team.settings_changed")) {
            try $0.ada(#"{"require_mfa":false,"address_ranges":["127.0.0.0/8"]}"#)
        },
        AuditedChange("transferTeamOwnership", .team("team.ownership_transferred", about: .grace)) {
            try $0.ada(#"{"user_id":"\#(try #require(try await $0.id(of: .grace)))"}"#)
        },
        AuditedChange("leaveTeam", .team("member.left", by: .grace, about: .grace)) { try $0.grace() },
        AuditedChange(
            "leaveTeam", .team("team.ownership_transferred", about: .root), .team("member.left", about: .ada)
        ) { scene in
            try await scene.join(.root, as: .owner)
            return try scene.ada()
        },
        AuditedChange("setMemberRole", .team("member.role_changed", about: .grace)) {
            try $0.ada(#"{"role":"member"}"#)
        },
        AuditedChange(
            "setMemberRole", .team("team.ownership_transferred", by: .root, about: .root),
            .team("member.role_changed", by: .root, about: .ada)
        ) { scene in
            try await scene.join(.root, as: .owner)
            return try scene.root(#"{"role":"member"}"#, ["user": try await scene.user(.ada)])
        },
        AuditedChange("removeMember", .team("member.removed", about: .grace)) { try $0.ada() },
        AuditedChange(
            "removeMember", .team("team.ownership_transferred", by: .root, about: .root),
            .team("member.removed", by: .root, about: .ada)
        ) { scene in
            try await scene.join(.root, as: .owner)
            return try scene.root(nil, ["user": try await scene.user(.ada)])
        },
        AuditedChange("createRole", .team("role.created")) {
            try $0.ada(#"{"name":"Auditor","permissions":["audit:read"]}"#)
        },
        AuditedChange("updateRole", .team("role.updated")) {
            try $0.ada(#"{"name":"Reader"}"#, ["role": try await $0.role()])
        },
        AuditedChange("removeRole", .team("role.removed")) { try $0.ada(nil, ["role": try await $0.role()]) },
        AuditedChange("createInvitation", .team("invitation.created")) {
            try $0.ada(#"{"email":"\#(AuditedPerson.newcomer.email)","role":"member"}"#)
        },
        AuditedChange("createInvitation", .team("invitation.created"), .team("invitation.created")) {
            try $0.ada(#"{"emails":["one@example.com","two@example.com"],"role":"member"}"#)
        },
        AuditedChange("createInvitation", .team("invitation.link_created")) {
            try $0.ada(#"{"link":true,"role":"member"}"#)
        },
        AuditedChange("resendInvitation", .team("invitation.resent")) { scene in
            let id = try await scene.invite(AuditedPerson.newcomer.email)
            scene.api.pass(seconds: 60)
            return try scene.ada(nil, ["id": id])
        },
        AuditedChange("revokeInvitation", .team("invitation.revoked")) {
            try $0.ada(nil, ["id": try await $0.invite(AuditedPerson.newcomer.email)])
        },
        AuditedChange(
            "acceptInvitation", .team("invitation.accepted", by: .root),
            .team("member.joined", by: .root, about: .root)
        ) { scene in
            _ = try await scene.invite(AuditedPerson.root.email)
            let token = try await scene.api.token(in: "invitation", to: AuditedPerson.root.email)
            return try scene.root(nil, ["token": token])
        },
        AuditedChange("acceptInvitation", .team("invitation.accepted", by: .root)) { scene in
            _ = try await scene.invite(AuditedPerson.root.email)
            try await scene.join(.root, as: .viewer)
            let token = try await scene.api.token(in: "invitation", to: AuditedPerson.root.email)
            return try scene.root(nil, ["token": token])
        },
        AuditedChange(
            "declineInvitation", AuditedRow(action: "invitation.declined", group: .adas, hasAddress: false)
        ) { scene in
            _ = try await scene.invite(AuditedPerson.newcomer.email)
            let token = try await scene.api.token(in: "invitation", to: AuditedPerson.newcomer.email)
            return scene.nobody(nil, ["token": token])
        },
    ]
}

extension AuditScene {
    /// Makes a role of Ada's team and returns its id.
    fileprivate func role() async throws -> String {
        try await make("roles", #"{"name":"Auditor","permissions":["audit:read"]}"#)
    }

    /// Invites an address to Ada's team and returns the invitation's id.
    fileprivate func invite(_ email: String) async throws -> String {
        try await make("invitations", #"{"email":"\#(email)","role":"member"}"#)
    }

    /// Puts somebody into Ada's team.
    fileprivate func join(_ person: AuditedPerson, as role: RoleID) async throws {
        try await api.join(team, access(of: person), as: role)
    }

    /// The id of somebody's account, as a path has it.
    fileprivate func user(_ person: AuditedPerson) async throws -> String {
        try #require(try await id(of: person)).description
    }

    /// Makes something of Ada's team and returns its id.
    func make(_ things: String, _ body: String? = nil) async throws -> String {
        let made = try await api.teams(.post, "/\(team)/\(things)", body, as: access(of: .ada))
        return try #require(made["id"] as? String, "\(made.text)")
    }
}

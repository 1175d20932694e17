import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

extension AuditedChange {
    private static let reason = #"{"reason":"Ticket 4711"}"#

    /// What administrators of the installation change.
    static let administration: [AuditedChange] = [
        AuditedChange("createUser", .administration("user.created", of: .newcomer)) {
            try $0.root(#"{"email":"\#(AuditedPerson.newcomer.email)","first_name":"Mary","last_name":"Somerville"}"#)
        },
        AuditedChange("updateUser", .administration("user.updated")) {
            try $0.root(#"{"first_name":"Augusta"}"#)
        },
        AuditedChange("updateUser", .administration("user.superuser_granted")) {
            try $0.root(#"{"is_superuser":true}"#)
        },
        AuditedChange("deleteUser", .administration("user.deletion_requested")) { try $0.root(reason) },
        AuditedChange("suspendUser", .administration("user.suspended")) { try $0.root(reason) },
        AuditedChange("unsuspendUser", .administration("user.unsuspended")) { scene in
            try await scene.api.suspend(AuditedPerson.grace.email)
            return try scene.root(reason)
        },
        AuditedChange("endUserSessions", .administration("session.revoked")) { try $0.root() },
        AuditedChange("resetUserMFA", .administration("user.second_factors_reset")) { scene in
            _ = try await scene.api.enrol(as: scene.access(of: .grace))
            return try scene.root(reason)
        },
        AuditedChange("impersonateUser", .administration("user.impersonated")) { try $0.root(reason) },
        AuditedChange(
            "endImpersonation",
            AuditedRow(action: "session.revoked", actor: .grace, impersonator: .root, owner: .grace)
        ) { AuditedRequest(access: try await $0.impersonation()) },
        AuditedChange(
            "updateMe", AuditedRow(action: "user.updated", actor: .grace, impersonator: .root, owner: .grace)
        ) { AuditedRequest(access: try await $0.impersonation(), body: #"{"first_name":"Augusta"}"#) },
        AuditedChange("cancelJob", .administration("job.cancelled", of: nil)) {
            try $0.root(nil, ["id": try await $0.job()])
        },
        AuditedChange("retryJob", .administration("job.retried", of: nil)) { scene in
            let id = try await scene.job()
            let cancelled = try await scene.api.send(
                .delete, "/api/v1/admin/jobs/\(id)", headers: TestAPI.bearer(scene.access(of: .root)))
            #expect(cancelled.status == 204)
            return try scene.root(nil, ["id": id])
        },
    ]
}

extension AuditScene {
    /// The access token of a session in which the administrator acts as Grace.
    fileprivate func impersonation() async throws -> String {
        let id = try #require(try await id(of: .grace))
        let begun = try await api.post(
            "/admin/users/\(id)/impersonate", #"{"reason":"Ticket 4711"}"#, as: access(of: .root))
        return try TestAPI.tokens(of: begun).access
    }

    /// Adds a job that waits and returns its id.
    fileprivate func job() async throws -> String {
        let now = api.time.now
        let job = Job(
            id: .make(at: now, randomness: .system), name: "mail.send", parameters: [], runAt: now, createdAt: now)
        try await api.database.scoped(.system).jobs.enqueue(job)
        return job.id.description
    }
}

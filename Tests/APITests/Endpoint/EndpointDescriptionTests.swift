import Testing

@testable import API

struct EndpointDescriptionTests {
    @Test func `ids, and methods with paths, are unique`() throws {
        let endpoints = try APIDescription.all()
        #expect(Set(endpoints.map(\.id)).count == endpoints.count)
        #expect(Set(endpoints.map { "\($0.method.rawValue) \($0.path)" }).count == endpoints.count)
    }

    @Test func `the parameters of a path are those of its type`() throws {
        for endpoint in try APIDescription.all() {
            #expect(endpoint.path.parameterNames.sorted() == endpoint.parameters.map(\.name).sorted(), "\(endpoint.id)")
            #expect(endpoint.path.description.hasPrefix("/"))
        }
    }

    @Test func `the contract's endpoints of accounts and jobs are all there`() throws {
        let found = Set(try APIDescription.all().map { "\($0.method.rawValue) \($0.path)" })
        #expect(
            found == [
                "POST /api/v1/auth/register", "POST /api/v1/auth/login", "POST /api/v1/auth/refresh",
                "POST /api/v1/auth/logout", "POST /api/v1/auth/email/verify", "POST /api/v1/auth/email/resend",
                "POST /api/v1/auth/mfa/verify", "POST /api/v1/auth/reauthenticate",
                "POST /api/v1/auth/email/change/confirm", "POST /api/v1/auth/email/change/undo",
                "POST /api/v1/auth/password/forgot", "POST /api/v1/auth/password/reset",
                "POST /api/v1/auth/magic-link", "POST /api/v1/auth/magic-link/verify",
                "DELETE /api/v1/users/me", "POST /api/v1/users/me/restore", "POST /api/v1/users/me/exports",
                "GET /api/v1/users/me/exports", "GET /api/v1/users/me/exports/{id}",
                "PUT /api/v1/users/me/password", "POST /api/v1/users/me/email", "GET /api/v1/users/me/mfa/totp",
                "POST /api/v1/users/me/mfa/totp", "POST /api/v1/users/me/mfa/totp/confirm",
                "DELETE /api/v1/users/me/mfa/totp", "POST /api/v1/users/me/mfa/recovery-codes",
                "GET /api/v1/users/me/api-keys", "POST /api/v1/users/me/api-keys",
                "DELETE /api/v1/users/me/api-keys/{id}",
                "GET /api/v1/auth/oauth/{provider}/authorize", "GET /api/v1/auth/oauth/{provider}/callback",
                "GET /api/v1/users/me/identities", "DELETE /api/v1/users/me/identities/{id}",
                "POST /api/v1/auth/passkeys/options", "POST /api/v1/auth/passkeys/verify",
                "GET /api/v1/users/me/passkeys", "POST /api/v1/users/me/passkeys/options",
                "POST /api/v1/users/me/passkeys/verify", "DELETE /api/v1/users/me/passkeys/{id}",
                "GET /api/v1/auth/settings", "GET /api/v1/users/me", "PATCH /api/v1/users/me",
                "GET /api/v1/users/me/sessions", "DELETE /api/v1/users/me/sessions",
                "DELETE /api/v1/users/me/sessions/{id}", "GET /.well-known/jwks.json", "GET /health/live",
                "GET /health/ready", "GET /openapi.json", "GET /dev/outbox", "GET /dev/mailbox",
                "GET /dev/mailbox/{id}", "GET /dev/mail/{template}", "POST /api/v1/webhooks/sendgrid",
                "PUT /api/v1/users/me/avatar", "DELETE /api/v1/users/me/avatar",
                "GET /avatars/{user}/{version}", "GET /objects/{token}",
                "GET /api/v1/users/me/notifications", "POST /api/v1/users/me/notifications/{id}/read",
                "POST /api/v1/users/me/notifications/read-all", "GET /api/v1/users/me/notifications/preferences",
                "PUT /api/v1/users/me/notifications/preferences", "GET /api/v1/users/me/notifications/stream",
                "PUT /objects/{token}",
                "GET /api/v1/teams", "POST /api/v1/teams", "GET /api/v1/teams/{team}", "PATCH /api/v1/teams/{team}",
                "DELETE /api/v1/teams/{team}", "GET /api/v1/teams/{team}/permissions",
                "GET /api/v1/teams/{team}/settings", "PUT /api/v1/teams/{team}/settings",
                "POST /api/v1/teams/{team}/transfer-ownership", "POST /api/v1/teams/{team}/leave",
                "GET /api/v1/teams/{team}/members", "PATCH /api/v1/teams/{team}/members/{user}",
                "DELETE /api/v1/teams/{team}/members/{user}", "GET /api/v1/teams/{team}/roles",
                "POST /api/v1/teams/{team}/roles", "PATCH /api/v1/teams/{team}/roles/{role}",
                "DELETE /api/v1/teams/{team}/roles/{role}", "GET /api/v1/teams/{team}/grants",
                "POST /api/v1/teams/{team}/grants", "DELETE /api/v1/teams/{team}/grants/{grant}",
                "PUT /api/v1/teams/{team}/avatar", "DELETE /api/v1/teams/{team}/avatar",
                "GET /api/v1/teams/{team}/avatar", "GET /api/v1/teams/{team}/invitations",
                "POST /api/v1/teams/{team}/invitations", "DELETE /api/v1/teams/{team}/invitations/{id}",
                "POST /api/v1/teams/{team}/invitations/{id}/resend", "GET /api/v1/invitations/{token}",
                "POST /api/v1/invitations/{token}/accept", "POST /api/v1/invitations/{token}/decline",
                "GET /api/v1/teams/{team}/domains", "POST /api/v1/teams/{team}/domains",
                "DELETE /api/v1/teams/{team}/domains/{id}", "POST /api/v1/teams/{team}/domains/{id}/verify",
                "POST /api/v1/domains/verify", "GET /api/v1/users/me/joinable-teams",
                "POST /api/v1/teams/{team}/join",
                "GET /api/v1/teams/{team}/api-keys", "POST /api/v1/teams/{team}/api-keys",
                "PATCH /api/v1/teams/{team}/api-keys/{id}", "DELETE /api/v1/teams/{team}/api-keys/{id}",
                "POST /api/v1/teams/{team}/api-keys/{id}/rotate",
                "GET /api/v1/users/me/invitations", "GET /api/v1/teams/{team}/audit-log",
                "GET /api/v1/teams/{team}/audit-log/export",
                "GET /api/v1/teams/{team}/webhooks", "POST /api/v1/teams/{team}/webhooks",
                "GET /api/v1/teams/{team}/webhooks/{id}", "PATCH /api/v1/teams/{team}/webhooks/{id}",
                "DELETE /api/v1/teams/{team}/webhooks/{id}", "POST /api/v1/teams/{team}/webhooks/{id}/rotate-secret",
                "POST /api/v1/teams/{team}/webhooks/{id}/test", "GET /api/v1/teams/{team}/webhooks/{id}/deliveries",
                "POST /api/v1/teams/{team}/webhooks/{id}/deliveries/{delivery}/redeliver",
                "GET /api/v1/admin/users", "POST /api/v1/admin/users", "GET /api/v1/admin/users/{id}",
                "PATCH /api/v1/admin/users/{id}", "DELETE /api/v1/admin/users/{id}",
                "POST /api/v1/admin/users/{id}/suspend", "POST /api/v1/admin/users/{id}/unsuspend",
                "GET /api/v1/admin/users/{id}/sessions", "DELETE /api/v1/admin/users/{id}/sessions",
                "DELETE /api/v1/admin/users/{id}/mfa", "POST /api/v1/admin/users/{id}/impersonate",
                "DELETE /api/v1/admin/impersonation", "GET /api/v1/admin/audit-log", "GET /api/v1/admin/stats",
                "GET /api/v1/admin/jobs",
                "POST /api/v1/admin/jobs/{id}/retry", "DELETE /api/v1/admin/jobs/{id}",
                "GET /api/v1/admin/teams", "GET /api/v1/admin/teams/{team}", "GET /api/v1/flags",
                "GET /api/v1/admin/flags", "GET /api/v1/admin/flags/{key}", "PUT /api/v1/admin/flags/{key}",
                "DELETE /api/v1/admin/flags/{key}",
            ])
    }

    @Test func `an endpoint's nature brings its errors along`() throws {
        let update = try UserEndpoints.updateMe.described()
        for code: ProblemCode in [
            .unauthenticated, .sessionRevoked, .csrfFailed, .preconditionFailed, .validationFailed, .payloadTooLarge,
            .accountPendingDeletion, .rateLimited, .internalError,
        ] {
            #expect(update.errors.contains(code), "\(code)")
        }
        let logout = try AuthEndpoints.logout.described()
        #expect(!logout.errors.contains(.accountPendingDeletion))
        #expect(logout.errors.contains(.idempotencyMismatch))
        // What wants a fresh session is refused to whoever acts as somebody else.
        #expect(try UserEndpoints.changeEmail.described().errors.contains(.impersonating))
        #expect(!update.errors.contains(.impersonating))
        // Administrators have a second factor, and act as themselves.
        let jobs = try JobEndpoints.list.described()
        #expect(jobs.errors.contains(.secondFactorRequired) && jobs.errors.contains(.impersonating))
        #expect(!jobs.errors.contains(.reauthenticationRequired))
        #expect(try JobEndpoints.retry.described().errors.contains(.reauthenticationRequired))
        let settings = try AuthEndpoints.settings.described()
        #expect(!settings.errors.contains(.csrfFailed) && !settings.errors.contains(.unauthenticated))
    }

    @Test func `what anybody may call takes small bodies only`() throws {
        for endpoint in try APIDescription.all() where endpoint.body != nil && endpoint.traits.authentication == .none {
            // What is signed is as large as its sender makes it.
            let limit: BodyLimit = endpoint.traits.takesRawBody ? .webhook : .authentication
            #expect(endpoint.traits.bodyLimit == limit, "\(endpoint.id)")
        }
    }

    @Test func `a template knows its parameters`() {
        let template: PathTemplate = "/a/{b}/c/{d}"
        #expect(template.segments == [.fixed("a"), .parameter("b"), .fixed("c"), .parameter("d")])
        #expect(template.parameterNames == ["b", "d"])
    }
}

/// What storing can run into, whatever stores. Tells nothing about how or where.
public enum DatabaseError: Error, Equatable {
    /// A value that must be unique is taken: which rule says so.
    case duplicate(UniqueRule)
    /// The row was changed by someone else since it was read.
    case versionConflict
    /// The row to be changed is not there, or not in this scope.
    case notFound
    /// A unit of work was begun inside another.
    case nestedTransaction
    /// Two units of work got in each other's way; trying the whole again may succeed.
    case serializationFailure
    /// The database can't be reached or is overloaded; try again after the given time.
    case unavailable(retryAfter: Duration)
    /// The connection broke after the statement was sent: it may or may not have taken effect.
    case outcomeUnknown
    /// A defect, here or in the schema: a code of the store for the log.
    case unexpected(code: String)
}

/// The rules of uniqueness that a caller may run into.
public enum UniqueRule: String, Sendable {
    /// One account not purged for each address.
    case userEmail = "users_email_key"
    case userID = "users_pkey"
    case sessionID = "sessions_pkey"
    case oneTimeTokenHash = "one_time_tokens_pkey"
    case teamSlug = "teams_slug_key"
    case teamMember = "team_members_pkey"
    /// The roles of a team by their names, whatever the case of letters.
    case teamRoleName = "team_roles_name_key"
    /// A permission on a thing of a team, once for each member and role.
    case resourceGrant = "resource_grants_key"
    /// One invitation that has not ended for each address and team.
    case openInvitation = "invitations_open_key"
    /// One of each name for a team.
    case teamDomain = "team_domains_name_key"
    /// A domain is proven by one team at a time.
    case verifiedDomain = "team_domains_verified_key"
    case idempotencyKey = "idempotency_records_pkey"
    /// One waiting job for each of their keys.
    case waitingJob = "jobs_unique_key"
}

public import Core

/// Why an act of teams was refused: one case for each code of the API.
public enum TeamError: Error, Equatable {
    /// No such team or thing in it, or none that the caller may know of.
    case notFound
    /// The caller's role does not allow it, or the API key was not made for it.
    case forbidden
    /// What would be given, changed or taken away is above the caller's own role.
    case roleTooHigh
    /// The team asks its members for a second factor.
    case secondFactorRequired
    /// The team may not be used from this address.
    case addressNotAllowed
    /// The caller's rules would shut the caller out.
    case shutsOutOneself
    /// A team always has an owner, and this is the last one.
    case lastOwner
    /// Another team has the name in addresses.
    case slugTaken
    /// Another role of the team has the name.
    case roleNameTaken
    /// There is no such role in the team.
    case unknownRole
    /// Members have the role, or people are invited to it.
    case roleInUse
    /// Nothing of this kind is shared; these are.
    case unknownResourceType([ResourceType])
    /// The permission means nothing on this kind of thing; these do.
    case notGrantable([Permission])
    /// The member or the role has the permission on the thing already.
    case alreadyGranted
    /// The person is not in the team.
    case notMember
    /// The person is in the team already.
    case alreadyMember
    /// An invitation to the address is open; it can be sent again.
    case alreadyInvited
    /// The invitation was taken, declined, revoked, or its time is over.
    case invitationUnavailable
    /// The invitation is for another address.
    case emailMismatch
    /// The caller's address is not proven.
    case emailNotVerified
    /// The plan has no seat left. Of `limit` seats `used` are taken or held.
    case upgradeRequired(limit: Int, used: Int)
    /// The time at which a key is to end is past.
    case expiryPassed
    /// Everybody can have an address at the domain, or its record's name would be too long.
    case domainUnsuitable
    /// The team has the domain already.
    case domainExists
    /// Another team has proven that the domain is its own.
    case domainTaken
    /// The time in which the domain could be proven is over.
    case domainExpired
    /// The DNS has no such record, or not yet.
    case recordMissing
    /// The DNS does not answer.
    case recordsUnavailable
    /// Too many mails to one address, or look-ups; the next may go after the given time.
    case throttled(retryAfter: Duration)
    /// As many as there may be.
    case tooMany
    /// The resource is no longer what the caller took it for (`If-Match`).
    case preconditionFailed
}

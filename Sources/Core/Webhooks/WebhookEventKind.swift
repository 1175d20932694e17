/// What teams can have their own systems told of. The raw values are part of stored rows, of what receivers read and of the
/// API: a new one is a case here and nothing else.
public enum WebhookEventKind: String, Sendable, Codable, CaseIterable {
    case teamUpdated = "team.updated"
    case teamSettingsChanged = "team.settings_changed"
    case teamOwnershipTransferred = "team.ownership_transferred"
    case teamDeleted = "team.deleted"
    case memberAdded = "member.added"
    case memberRemoved = "member.removed"
    case memberRoleChanged = "member.role_changed"
    case invitationCreated = "invitation.created"
    case invitationAccepted = "invitation.accepted"
    case invitationDeclined = "invitation.declined"
    case invitationRevoked = "invitation.revoked"
    case roleCreated = "role.created"
    case roleUpdated = "role.updated"
    case roleRemoved = "role.removed"
    case apiKeyCreated = "api_key.created"
    case apiKeyRemoved = "api_key.removed"
    /// Somebody tries an endpoint out.
    case test = "webhook.test"

    /// Those that an endpoint can ask for; a test comes unasked.
    public static let subscribable = allCases.filter { $0 != .test }
}

/// Which events an endpoint wants.
public enum WebhookSubscription: Sendable, Equatable {
    /// Every kind, those of later releases too.
    case everything
    case only(Set<WebhookEventKind>)

    public func wants(_ kind: WebhookEventKind) -> Bool {
        switch self {
        case .everything: kind != .test
        case .only(let kinds): kinds.contains(kind)
        }
    }
}

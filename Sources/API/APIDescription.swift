/// Everything that can be asked.
public enum APIDescription {
    /// Every endpoint, those for development among them.
    public static let endpoints: [any DescribedEndpoint] =
        AuthEndpoints.all + MailedLinkEndpoints.all + UserEndpoints.all + ExportEndpoints.all
        + SecondFactorEndpoints.all
        + APIKeyEndpoints.all + ProviderEndpoints.all + PasskeyEndpoints.all
        + TeamEndpoints.all + MemberEndpoints.all + RoleEndpoints.all + InvitationEndpoints.all
        + GrantEndpoints.all + TeamAvatarEndpoints.all + DomainEndpoints.all + TeamKeyEndpoints.all
        + AuditLogEndpoints.all + TeamWebhookEndpoints.all
        + NotificationEndpoints.all + AdminUserEndpoints.all + AdminTeamEndpoints.all + AdminEndpoints.all
        + FlagEndpoints.all
        + JobEndpoints.all
        + WebhookEndpoints.all
        + ObjectEndpoints.all
        + OperationsEndpoints.all
        + DevelopmentEndpoints.all

    /// Every endpoint's description.
    /// - Throws: ``SchemaRecordingError`` for a type that can't be on the wire: a mistake in the program, found by tests.
    public static func all() throws -> [EndpointDescription] {
        try endpoints.map { try $0.described() }
    }
}

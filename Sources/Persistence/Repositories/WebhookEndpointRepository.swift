public import Core

/// Where teams have their events delivered, with their secrets sealed. In the scope of a team only that team's are visible, in
/// a person's none.
public protocol WebhookEndpointRepository: Sendable {
    /// Adds an endpoint unless its team has `most` already; of several added at once none goes past that.
    /// - Returns: Whether it was added.
    func insert(_ endpoint: WebhookEndpoint, sealedSecret: [UInt8], unlessThereAre most: Int) async throws -> Bool

    func find(_ id: ID<WebhookEndpoint>, of team: ID<Team>) async throws -> WebhookEndpoint?

    /// The team's, latest first by creation, then id.
    func list(of team: ID<Team>, page: PageRequest) async throws -> Page<WebhookEndpoint>

    /// Writes address, name, subscription and pause of the version that was read. When a pause ends, it is forgotten since when
    /// the endpoint failed.
    /// - Returns: The endpoint with its next version.
    /// - Throws: ``DatabaseError/notFound``, ``DatabaseError/versionConflict``.
    func update(_ endpoint: WebhookEndpoint) async throws -> WebhookEndpoint

    /// Puts a secret in the place of the current one, which becomes the former one until the time, or goes at once; one that
    /// was former goes.
    /// - Returns: False when there is no such endpoint.
    func rotateSecret(
        of id: ID<WebhookEndpoint>, in team: ID<Team>, to sealed: [UInt8], formerUntil: Timestamp?, at time: Timestamp
    ) async throws -> Bool

    /// Removes it with its deliveries.
    /// - Returns: Whether there was one.
    func remove(_ id: ID<WebhookEndpoint>, of team: ID<Team>) async throws -> Bool

    /// Notes that a try succeeded: it fails no more.
    func noteSuccess(of id: ID<WebhookEndpoint>, in team: ID<Team>) async throws

    /// Notes that a try failed, if none failed before it since the last success.
    func noteFailure(of id: ID<WebhookEndpoint>, in team: ID<Team>, at time: Timestamp) async throws

    /// Pauses it by one atomic statement, unless it is paused already.
    /// - Parameter failingBefore: Only if it has failed since then or longer.
    /// - Returns: Whether it was paused by this.
    func pause(
        _ id: ID<WebhookEndpoint>, of team: ID<Team>, as pause: WebhookEndpoint.Pause, failingBefore: Timestamp?,
        at time: Timestamp
    ) async throws -> Bool

    /// The secrets of all teams' endpoints in the order of teams, then endpoints, after one: for sealing them anew.
    func secrets(after position: WebhookSecretRow?, limit: Int) async throws -> [WebhookSecretRow]

    /// Replaces the sealed secrets where they are still those of `old`.
    /// - Returns: Whether they were replaced.
    func resealSecrets(from old: WebhookSecretRow, to new: SealedWebhookSecrets) async throws -> Bool
}

/// The secrets of an endpoint, sealed.
public struct SealedWebhookSecrets: Sendable, Equatable {
    /// A secret that was rotated and still signs, too.
    public struct Former: Sendable, Equatable {
        public let sealed: [UInt8]
        public let until: Timestamp

        public init(sealed: [UInt8], until: Timestamp) {
            self.sealed = sealed
            self.until = until
        }
    }

    public let current: [UInt8]
    public let former: Former?

    public init(current: [UInt8], former: Former? = nil) {
        self.current = current
        self.former = former
    }
}

/// The secrets of an endpoint and whose they are.
public struct WebhookSecretRow: Sendable, Equatable {
    public let teamID: ID<Team>
    public let endpointID: ID<WebhookEndpoint>
    public let secrets: SealedWebhookSecrets

    public init(teamID: ID<Team>, endpointID: ID<WebhookEndpoint>, secrets: SealedWebhookSecrets) {
        self.teamID = teamID
        self.endpointID = endpointID
        self.secrets = secrets
    }
}

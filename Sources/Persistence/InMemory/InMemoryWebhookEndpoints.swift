import Core
import Persistence

/// Teams themselves are not kept here: any may have endpoints.
struct InMemoryWebhookEndpoints: WebhookEndpointRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ endpoint: WebhookEndpoint, sealedSecret: [UInt8], unlessThereAre most: Int) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isIn(endpoint.teamID))
            guard tables.webhookEndpoints[endpoint.id] == nil else { throw DatabaseError.uniqueViolation }
            guard tables.webhookEndpoints.values.count(where: { $0.endpoint.teamID == endpoint.teamID }) < most else {
                return false
            }
            tables.webhookEndpoints[endpoint.id] = WebhookEndpointRow(
                endpoint: endpoint, secrets: SealedWebhookSecrets(current: sealedSecret))
            return true
        }
    }

    func find(_ id: ID<WebhookEndpoint>, of team: ID<Team>) async throws -> WebhookEndpoint? {
        try await access.read { row(id, of: team, in: $0)?.endpoint }
    }

    func list(of team: ID<Team>, page: PageRequest) async throws -> Page<WebhookEndpoint> {
        try await access.read { tables in
            let endpoints = tables.webhookEndpoints.values.map(\.endpoint).filter { $0.teamID == team }
            return .latestFirst(scope.isIn(team) ? endpoints : [], page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }

    func update(_ endpoint: WebhookEndpoint) async throws -> WebhookEndpoint {
        try await access.write { tables in
            guard let row = row(endpoint.id, of: endpoint.teamID, in: tables) else { throw DatabaseError.notFound }
            guard row.endpoint.version == endpoint.version else { throw DatabaseError.versionConflict }
            let isResumed = row.endpoint.pause != nil && endpoint.pause == nil
            let updated = WebhookEndpoint(
                id: endpoint.id, teamID: endpoint.teamID, url: endpoint.url, name: endpoint.name,
                subscription: endpoint.subscription, pause: endpoint.pause,
                failingSince: isResumed ? nil : row.endpoint.failingSince, createdAt: row.endpoint.createdAt,
                updatedAt: endpoint.updatedAt, version: endpoint.version + 1)
            tables.webhookEndpoints[endpoint.id]?.endpoint = updated
            return updated
        }
    }

    func rotateSecret(
        of id: ID<WebhookEndpoint>, in team: ID<Team>, to sealed: [UInt8], formerUntil: Timestamp?, at time: Timestamp
    ) async throws -> Bool {
        try await change(id, of: team) { row in
            let former = formerUntil.map { SealedWebhookSecrets.Former(sealed: row.secrets.current, until: $0) }
            row.secrets = SealedWebhookSecrets(current: sealed, former: former)
            row.endpoint.updatedAt = time
            return true
        }
    }

    func remove(_ id: ID<WebhookEndpoint>, of team: ID<Team>) async throws -> Bool {
        try await access.write { tables in
            guard row(id, of: team, in: tables) != nil else { return false }
            tables.webhookEndpoints[id] = nil
            tables.webhookDeliveries = tables.webhookDeliveries.filter { $0.value.delivery.endpointID != id }
            return true
        }
    }

    func noteSuccess(of id: ID<WebhookEndpoint>, in team: ID<Team>) async throws {
        _ = try await change(id, of: team) { row in
            row.endpoint.failingSince = nil
            return true
        }
    }

    func noteFailure(of id: ID<WebhookEndpoint>, in team: ID<Team>, at time: Timestamp) async throws {
        _ = try await change(id, of: team) { row in
            row.endpoint.failingSince = row.endpoint.failingSince ?? time
            return true
        }
    }

    func pause(
        _ id: ID<WebhookEndpoint>, of team: ID<Team>, as pause: WebhookEndpoint.Pause, failingBefore: Timestamp?,
        at time: Timestamp
    ) async throws -> Bool {
        try await change(id, of: team) { row in
            let isDue = failingBefore.map { limit in row.endpoint.failingSince.map { $0 <= limit } ?? false } ?? true
            guard row.endpoint.pause == nil, isDue else { return false }
            row.endpoint.pause = pause
            row.endpoint.updatedAt = time
            row.endpoint.version += 1
            return true
        }
    }

    func secrets(after position: WebhookSecretRow?, limit: Int) async throws -> [WebhookSecretRow] {
        try await access.read { tables in
            let rows = tables.webhookEndpoints.values.filter { scope.isIn($0.endpoint.teamID) }.map(
                WebhookSecretRow.init)
            let later = rows.filter { row in position.map { $0.place < row.place } ?? true }
            return Array(later.sorted { $0.place < $1.place }.prefix(limit))
        }
    }

    func resealSecrets(from old: WebhookSecretRow, to new: SealedWebhookSecrets) async throws -> Bool {
        try await change(old.endpointID, of: old.teamID) { row in
            guard row.secrets.current == old.secrets.current,
                row.secrets.former?.sealed == old.secrets.former?.sealed
            else { return false }
            row.secrets = new
            return true
        }
    }

    private func change(
        _ id: ID<WebhookEndpoint>, of team: ID<Team>, _ change: (inout WebhookEndpointRow) -> Bool
    ) async throws -> Bool {
        try await access.write { tables in
            guard var row = row(id, of: team, in: tables), change(&row) else { return false }
            tables.webhookEndpoints[id] = row
            return true
        }
    }

    private func row(_ id: ID<WebhookEndpoint>, of team: ID<Team>, in tables: Tables) -> WebhookEndpointRow? {
        guard scope.isIn(team), let row = tables.webhookEndpoints[id], row.endpoint.teamID == team else { return nil }
        return row
    }
}

extension WebhookSecretRow {
    fileprivate init(_ row: WebhookEndpointRow) {
        self.init(teamID: row.endpoint.teamID, endpointID: row.endpoint.id, secrets: row.secrets)
    }

    fileprivate var place: (ID<Team>, ID<WebhookEndpoint>) { (teamID, endpointID) }
}

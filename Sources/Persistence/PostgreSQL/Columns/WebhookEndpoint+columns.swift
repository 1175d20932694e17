import Core
import Persistence
import PostgresClient

extension WebhookEndpoint {
    /// What ``init(columns:)`` reads, in its order, of `endpoint`.
    static let columns = """
        endpoint.id, endpoint.team_id, endpoint.url, endpoint.name, endpoint.events, endpoint.pause, \
        endpoint.failing_since, endpoint.created_at, endpoint.updated_at, endpoint.version
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            teamID: try columns.next(),
            url: try columns.next(),
            name: try columns.next(),
            subscription: WebhookSubscription(names: try columns.next()),
            pause: try columns.next(),
            failingSince: try columns.next(),
            createdAt: try columns.next(),
            updatedAt: try columns.next(),
            version: try columns.next())
    }
}

extension WebhookSubscription {
    /// As it is stored: null for everything.
    var names: [String]? {
        switch self {
        case .everything: nil
        case .only(let kinds): kinds.map(\.rawValue).sorted()
        }
    }

    /// What a later release named and this one does not know is not wanted here.
    fileprivate init(names: [String]?) {
        self = names.map { .only(Set($0.compactMap(WebhookEventKind.init))) } ?? .everything
    }
}

extension SealedWebhookSecrets {
    /// What ``init(columns:)`` reads, in its order, of `endpoint`.
    static let columns = "endpoint.sealed_secret, endpoint.former_sealed_secret, endpoint.former_until"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let current: [UInt8] = try columns.next()
        let (former, until): ([UInt8]?, Timestamp?) = (try columns.next(), try columns.next())
        self.init(current: current, former: Former(sealed: former, until: until))
    }
}

extension SealedWebhookSecrets.Former {
    fileprivate init?(sealed: [UInt8]?, until: Timestamp?) {
        guard let sealed, let until else { return nil }
        self.init(sealed: sealed, until: until)
    }
}

extension WebhookSecretRow {
    /// What ``init(columns:)`` reads, in its order, of `endpoint`.
    static let columns = "endpoint.team_id, endpoint.id, \(SealedWebhookSecrets.columns)"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            teamID: try columns.next(), endpointID: try columns.next(),
            secrets: try SealedWebhookSecrets(columns: &columns))
    }
}

import Core
import Persistence

/// The parameters of the job that tells an endpoint that its team was deleted. The endpoint goes with the team, so they carry all
/// that it takes, the secrets sealed as they were kept.
struct WebhookFarewell: JobParameters, Equatable {
    static let jobName = "webhook.farewell"
    static let jobQueue = DeliverWebhook.jobQueue

    let eventID: ID<WebhookEvent>
    let endpointID: ID<WebhookEndpoint>
    let url: String
    let body: String
    /// In hexadecimal; each makes a signature.
    private let secrets: [String]

    /// - Parameter now: By which it is known whether the former secret still signs.
    init(_ event: WebhookEvent, to endpoint: WebhookEndpoint, secrets: SealedWebhookSecrets, at now: Timestamp) {
        eventID = event.id
        endpointID = endpoint.id
        url = endpoint.url.text
        body = event.body
        let former = secrets.former.flatMap { now < $0.until ? $0.sealed : nil }
        self.secrets = ([secrets.current] + [former].compactMap(\.self)).map { HexDigits.encode($0) }
    }

    var sealedSecrets: [[UInt8]] { secrets.compactMap { HexDigits.decode($0) } }

    private enum CodingKeys: String, CodingKey {
        case eventID = "event_id"
        case endpointID = "endpoint_id"
        case url
        case body
        case secrets
    }
}

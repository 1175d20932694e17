import Foundation

/// Something that happened in a team, as its receivers are told.
public struct WebhookEvent: Sendable, Equatable, Identifiable {
    /// Of ``body``, in bytes.
    public static let largestBody = 64 * 1024

    /// The data is more than a receiver has to expect.
    public struct TooLarge: Error, Equatable {
        public let bytes: Int
    }

    /// The same for every endpoint and every try: by it receivers know what they had before.
    public let id: ID<WebhookEvent>
    public let kind: WebhookEventKind
    public let teamID: ID<Team>
    /// JSON: `{"data":…,"timestamp":…,"type":…}`.
    public let body: String

    public init(id: ID<WebhookEvent>, kind: WebhookEventKind, teamID: ID<Team>, body: String) {
        self.id = id
        self.kind = kind
        self.teamID = teamID
        self.body = body
    }

    /// An event of this moment.
    /// - Parameter data: What happened, in the form of the API; no secrets.
    /// - Throws: ``TooLarge``; what encoding the data throws.
    public init(
        _ kind: WebhookEventKind, of team: ID<Team>, data: some Encodable & Sendable, id: ID<WebhookEvent>,
        at time: Timestamp
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(Body(data: data, timestamp: time, type: kind.rawValue))
        guard body.count <= Self.largestBody else { throw TooLarge(bytes: body.count) }
        self.init(id: id, kind: kind, teamID: team, body: String(decoding: body, as: UTF8.self))
    }

    private struct Body<Content: Encodable>: Encodable {
        let data: Content
        let timestamp: Timestamp
        let type: String
    }
}

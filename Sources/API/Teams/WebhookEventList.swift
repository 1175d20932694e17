public import Core

/// Which events a webhook wants: their types, or `*` for all.
public struct WebhookEventList: Codable, Sendable, Equatable {
    private static let everything = "*"

    public let subscription: WebhookSubscription

    public init(_ subscription: WebhookSubscription) {
        self.subscription = subscription
    }

    public init(from decoder: any Decoder) throws {
        let names = try decoder.singleValueContainer().decode([String].self)
        if names.contains(Self.everything) {
            subscription = .everything
        } else {
            subscription = .only(Set(names.compactMap(WebhookEventKind.init(rawValue:))))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch subscription {
        case .everything: try container.encode([Self.everything])
        case .only(let kinds): try container.encode(kinds.map(\.rawValue).sorted())
        }
    }
}

extension WebhookEventList: SchemaProviding {
    public static var schema: Schema {
        let names = [everything] + WebhookEventKind.subscribable.map(\.rawValue)
        let name = Schema(.choice(names), example: .string(everything))
        return Schema(.list(of: name, count: 1...names.count), example: [.string(everything)])
    }
}

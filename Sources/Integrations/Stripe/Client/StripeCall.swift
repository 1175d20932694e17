import Auth

/// A call of Stripe's API and the type of its answer.
protocol StripeCall: Sendable {
    associatedtype Answer: Decodable & Sendable

    var path: StripePath { get }
    var form: StripeForm { get }
}

/// Reads: `GET`.
protocol StripeReading: StripeCall {}

/// Writes: `POST`, which is never sent without a ``StripeIdempotencyKey``.
protocol StripeWriting: StripeCall {}

/// Ends something: `DELETE`, of which a second one finds nothing more to do.
protocol StripeEnding: StripeCall {}

extension StripeCall {
    var form: StripeForm { StripeForm() }
}

/// Reads a list, a page at a time.
protocol StripeListing: StripeReading where Answer == StripeList<Item> {
    associatedtype Item: StripeObject
}

/// Where a call goes, in which no id can mean another place.
struct StripePath: Sendable, Equatable {
    let text: String

    /// - Parameter root: Of the resource, such as `subscriptions`.
    init(_ root: StaticString) {
        text = "/v1/\(root)"
    }

    private init(text: String) {
        self.text = text
    }

    /// One object below the root.
    func object<Object>(_ id: StripeID<Object>) -> StripePath {
        StripePath(text: "\(text)/\(PercentEncoding.encode(id.text))")
    }

    /// What is done with the object.
    func act(_ name: StaticString) -> StripePath {
        StripePath(text: "\(text)/\(name)")
    }
}

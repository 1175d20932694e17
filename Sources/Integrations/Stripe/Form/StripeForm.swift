import Auth

/// The parameters of a call, flattened and encoded as Stripe reads them: `items[0][price]=price_1&metadata[plan]=pro`.
///
/// Lists carry their indices and brackets stay as they are, as the official SDKs send them (stripe-python,
/// `_encode.py`). Parameters keep the order in which they were added, so that the same call has the same body: under one
/// idempotency key Stripe refuses another.
struct StripeForm: Sendable, Equatable {
    /// One parameter under its flattened name.
    struct Field: Sendable, Equatable {
        let name: String
        let value: String
    }

    private(set) var fields: [Field] = []

    init() {}

    init(_ build: (inout StripeForm) -> Void) {
        build(&self)
    }

    /// Adds a value under a name; nothing for nil, which leaves what Stripe has as it is.
    mutating func add(_ name: String, _ value: (some StripeFormValue)?) {
        value?.add(to: &self, under: name)
    }

    /// Asks for objects in place of their ids: `expand[0]=latest_invoice`.
    mutating func expand(_ paths: [String]) {
        if !paths.isEmpty { add("expand", paths) }
    }

    mutating func append(_ name: String, _ text: String) {
        fields.append(Field(name: name, value: text))
    }

    /// As the body of a POST (`application/x-www-form-urlencoded`), or as the query of the other methods.
    var encoded: String {
        fields.map { "\(Self.encodedName($0.name))=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    }

    private static func encodedName(_ name: String) -> String {
        PercentEncoding.encode(name).replacing("%5B", with: "[").replacing("%5D", with: "]")
    }
}

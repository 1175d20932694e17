/// A price is never changed in what it costs: another takes its lookup key over.
struct StripeCreatePrice: StripeWriting {
    typealias Answer = StripePrice

    struct Recurring: StripeFormObject {
        let interval: StripePrice.Interval
        var count: Int64?
        var usage: StripePrice.Usage?
        var meter: String?

        var form: StripeForm {
            StripeForm { form in
                form.add("interval", interval)
                form.add("interval_count", count)
                form.add("usage_type", usage)
                form.add("meter", meter)
            }
        }
    }

    enum TaxBehavior: String, StripeFormWord {
        case inclusive
        case exclusive
        case unspecified
    }

    let product: StripeID<StripeProduct>
    /// In lower case (ISO 4217).
    let currency: String
    /// In the smallest unit of `currency`.
    let unitAmount: Int64
    var recurring: Recurring?
    var lookupKey: String?
    /// Whether the key is taken from the price that has it.
    var transfersLookupKey: Bool?
    var taxBehavior: TaxBehavior?
    var metadata: [String: String]?

    var path: StripePath { StripePrice.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("product", product)
            form.add("currency", currency)
            form.add("unit_amount", unitAmount)
            form.add("recurring", recurring)
            form.add("lookup_key", lookupKey)
            form.add("transfer_lookup_key", transfersLookupKey)
            form.add("tax_behavior", taxBehavior)
            form.add("metadata", metadata)
        }
    }
}

/// Changes what is not nil.
struct StripeUpdatePrice: StripeWriting {
    typealias Answer = StripePrice

    let id: StripeID<StripePrice>
    var isActive: Bool?
    var lookupKey: StripeSetting<String>?
    var metadata: [String: StripeSetting<String>]?

    var path: StripePath { StripePrice.path.object(id) }

    var form: StripeForm {
        StripeForm { form in
            form.add("active", isActive)
            form.add("lookup_key", lookupKey)
            form.add("metadata", metadata)
        }
    }
}

struct StripeListPrices: StripeListing {
    typealias Item = StripePrice

    var isActive: Bool?
    var product: StripeID<StripeProduct>?
    /// At most 10.
    var lookupKeys: [String]?
    var expanding: [String] = []

    var path: StripePath { StripePrice.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("active", isActive)
            form.add("product", product)
            form.add("lookup_keys", lookupKeys)
            // In a list what is expanded lies below `data`.
            form.expand(expanding.map { "data.\($0)" })
        }
    }
}

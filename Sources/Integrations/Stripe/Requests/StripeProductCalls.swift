struct StripeCreateProduct: StripeWriting {
    typealias Answer = StripeProduct

    /// Of our own making; Stripe's when nil.
    var id: StripeID<StripeProduct>?
    let name: String
    var description: String?
    var taxCode: String?
    /// What one unit is called: `seat`.
    var unitLabel: String?
    var metadata: [String: String]?

    var path: StripePath { StripeProduct.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("id", id)
            form.add("name", name)
            form.add("description", description)
            form.add("tax_code", taxCode)
            form.add("unit_label", unitLabel)
            form.add("metadata", metadata)
        }
    }
}

/// Changes what is not nil.
struct StripeUpdateProduct: StripeWriting {
    typealias Answer = StripeProduct

    let id: StripeID<StripeProduct>
    var name: String?
    var description: StripeSetting<String>?
    var isActive: Bool?
    var metadata: [String: StripeSetting<String>]?

    var path: StripePath { StripeProduct.path.object(id) }

    var form: StripeForm {
        StripeForm { form in
            form.add("name", name)
            form.add("description", description)
            form.add("active", isActive)
            form.add("metadata", metadata)
        }
    }
}

struct StripeListProducts: StripeListing {
    typealias Item = StripeProduct

    var isActive: Bool?

    var path: StripePath { StripeProduct.path }
    var form: StripeForm { StripeForm { $0.add("active", isActive) } }
}

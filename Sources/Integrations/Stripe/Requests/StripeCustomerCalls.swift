extension StripeCustomer {
    static var path: StripePath { StripePath("customers") }
}

struct StripeCreateCustomer: StripeWriting {
    typealias Answer = StripeCustomer

    var email: String?
    var name: String?
    var description: String?
    /// In the order of preference (BCP 47), for mails and pages of Stripe's.
    var locales: [String]?
    var metadata: [String: String]?

    var path: StripePath { StripeCustomer.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("email", email)
            form.add("name", name)
            form.add("description", description)
            form.add("preferred_locales", locales)
            form.add("metadata", metadata)
        }
    }
}

/// Changes what is not nil, and of the metadata only the keys that are named.
struct StripeUpdateCustomer: StripeWriting {
    typealias Answer = StripeCustomer

    let id: StripeID<StripeCustomer>
    var email: StripeSetting<String>?
    var name: StripeSetting<String>?
    var locales: [String]?
    var metadata: [String: StripeSetting<String>]?

    var path: StripePath { StripeCustomer.path.object(id) }

    var form: StripeForm {
        StripeForm { form in
            form.add("email", email)
            form.add("name", name)
            form.add("preferred_locales", locales)
            form.add("metadata", metadata)
        }
    }
}

/// Reads a customer, or that there was one.
struct StripeRetrieveCustomer: StripeReading {
    typealias Answer = StripeReference<StripeCustomer>

    let id: StripeID<StripeCustomer>

    var path: StripePath { StripeCustomer.path.object(id) }
}

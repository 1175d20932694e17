public import Core

/// Who is to be charged, as invoices name them.
public struct NewCustomer: Sendable, Equatable {
    /// Ours, kept at the provider, so that the customer is found again from there.
    public let payer: Payer
    public let name: String
    public let email: EmailAddress
    /// For mails and pages of the provider's.
    public let language: Language

    public init(payer: Payer, name: String, email: EmailAddress, language: Language) {
        self.payer = payer
        self.name = name
        self.email = email
        self.language = language
    }
}

/// A page on which a payer subscribes.
public struct CheckoutRequest: Sendable, Equatable {
    public let customer: CustomerReference
    public let payer: Payer
    /// Price, quantity and trial as reckoned here.
    public let terms: CheckoutTerms
    /// As typed; nil for none. The provider knows what it is worth.
    public let promotionCode: String?
    /// Where the payer comes back to, and that grants nothing.
    public let successURL: String
    public let cancelURL: String

    public init(
        customer: CustomerReference, payer: Payer, terms: CheckoutTerms, promotionCode: String? = nil,
        successURL: String, cancelURL: String
    ) {
        self.customer = customer
        self.payer = payer
        self.terms = terms
        self.promotionCode = promotionCode
        self.successURL = successURL
        self.cancelURL = cancelURL
    }
}

public struct CheckoutSession: Sendable, Equatable {
    public let url: String
    public let expiresAt: Timestamp

    public init(url: String, expiresAt: Timestamp) {
        self.url = url
        self.expiresAt = expiresAt
    }
}

/// A page on which a payer looks after what is subscribed already.
public struct PortalRequest: Sendable, Equatable {
    public let customer: CustomerReference
    public let returnURL: String

    public init(customer: CustomerReference, returnURL: String) {
        self.customer = customer
        self.returnURL = returnURL
    }
}

public struct PortalSession: Sendable, Equatable {
    public let url: String

    public init(url: String) {
        self.url = url
    }
}

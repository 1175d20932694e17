public import Core

/// Whom to invite: one address (`email`), many (`emails`), or whoever has a link (`link`).
public struct CreateInvitationRequest: Codable, Sendable, Equatable {
    public let email: EmailAddress?
    public let emails: EmailList?
    /// True for a link.
    public let link: Bool?
    public let role: RoleID
    /// Whose addresses may take a link; all unless given.
    public let allowedDomains: DomainList?
    /// How often a link may be taken; any number of times unless given.
    public let maxUses: UseCount?

    public init(
        email: EmailAddress? = nil, emails: EmailList? = nil, link: Bool? = nil, role: RoleID,
        allowedDomains: DomainList? = nil, maxUses: UseCount? = nil
    ) {
        self.email = email
        self.emails = emails
        self.link = link
        self.role = role
        self.allowedDomains = allowedDomains
        self.maxUses = maxUses
    }

    /// Whom it names.
    public enum Whom: Sendable, Equatable {
        case address(EmailAddress)
        case addresses([EmailAddress])
        case link(domains: [DomainName], mostUses: Int?)
    }

    /// - Throws: ``ValidationError`` unless it names exactly one of the three.
    public func whom() throws(ValidationError) -> Whom {
        switch (email, emails, link ?? false) {
        case (let email?, nil, false): return .address(email)
        case (nil, let emails?, false): return .addresses(emails.addresses)
        case (nil, nil, true): return .link(domains: allowedDomains?.domains ?? [], mostUses: maxUses?.value)
        case (nil, nil, false): throw ValidationError(pointer: "/email", .required)
        default: throw ValidationError(pointer: email == nil ? "/emails" : "/email", .notTogether)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case emails
        case link
        case role
        case allowedDomains = "allowed_domains"
        case maxUses = "max_uses"
    }
}

/// 1 to 100 addresses.
public struct EmailList: Codable, Sendable, Equatable {
    public let addresses: [EmailAddress]

    public init(_ addresses: [EmailAddress]) {
        self.addresses = addresses
    }

    public init(from decoder: any Decoder) throws {
        addresses = try decoder.singleValueContainer().decode([EmailAddress].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(addresses)
    }
}

extension EmailList: SchemaProviding {
    public static var schema: Schema {
        Schema(.list(of: EmailAddress.schema, count: 1...100), example: [.string(EmailAddress.example)])
    }
}

/// Domains of e-mail addresses.
public struct DomainList: Codable, Sendable, Equatable {
    public let domains: [DomainName]

    public init(_ domains: [DomainName]) {
        self.domains = domains
    }

    public init(from decoder: any Decoder) throws {
        domains = try decoder.singleValueContainer().decode([DomainName].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(domains)
    }
}

extension DomainList: SchemaProviding {
    public static var schema: Schema {
        Schema(
            .list(of: DomainName.schema, count: 0...Invitation.Link.mostDomains),
            example: [.string(DomainName.example)])
    }
}

/// How often a link may be taken.
public struct UseCount: SchemaProviding, Sendable, Equatable {
    public let value: Int

    /// Nil beyond ``Invitation/Link/useLimits``.
    public init?(_ value: Int) {
        guard Invitation.Link.useLimits.contains(value) else { return nil }
        self.value = value
    }

    public static var schema: Schema {
        let limits = Invitation.Link.useLimits
        return Schema(
            .integer(Int64(limits.lowerBound)...Int64(limits.upperBound)), example: .number(JSONNumber(10)))
    }

    public init(from decoder: any Decoder) throws {
        guard let count = UseCount(try decoder.singleValueContainer().decode(Int.self)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "out of range"))
        }
        self = count
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

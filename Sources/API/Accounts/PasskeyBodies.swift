public import Core

/// A passkey as its person sees it.
public struct PasskeyBody: Codable, Sendable, Equatable {
    public let id: ID<Passkey>
    public let name: String
    /// Whether it is copied to other devices.
    public let backedUp: Bool
    public let createdAt: Timestamp
    public let lastUsedAt: Timestamp?

    public init(_ passkey: Passkey) {
        id = passkey.id
        name = passkey.name
        backedUp = passkey.isBackedUp
        createdAt = passkey.createdAt
        lastUsedAt = passkey.lastUsedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case backedUp = "backed_up"
        case createdAt = "created_at"
        case lastUsedAt = "last_used_at"
    }
}

/// One passkey among those that a browser may, or may not, use.
public struct PasskeyDescriptor: Codable, Sendable, Equatable {
    public let type: PasskeyType
    public let id: String
    public let transports: [String]

    public init(_ passkey: Passkey) {
        type = .publicKey
        id = Base64URL.encode(passkey.credentialID)
        transports = passkey.transports
    }
}

public enum PasskeyType: String, Codable, Sendable, CaseIterable {
    case publicKey = "public-key"
}

/// How strongly something is wished for.
public enum PasskeyWish: String, Codable, Sendable, CaseIterable {
    case required
    case preferred
}

/// What `navigator.credentials.create` is given: `PublicKeyCredentialCreationOptionsJSON` (WebAuthn level 3, section 5.1).
public struct PasskeyCreationOptions: Codable, Sendable, Equatable {
    public struct Site: Codable, Sendable, Equatable {
        public let id: String
        public let name: String
    }

    public struct Person: Codable, Sendable, Equatable {
        public let id: String
        public let name: String
        public let displayName: String
    }

    public struct Algorithm: Codable, Sendable, Equatable {
        public let type: PasskeyType
        public let alg: Int
    }

    public struct Selection: Codable, Sendable, Equatable {
        public let residentKey: PasskeyWish
        public let requireResidentKey: Bool
        public let userVerification: PasskeyWish
    }

    public enum Attestation: String, Codable, Sendable, CaseIterable {
        case none
    }

    public let rp: Site
    public let user: Person
    public let challenge: String
    public let pubKeyCredParams: [Algorithm]
    /// Milliseconds.
    public let timeout: Int
    public let excludeCredentials: [PasskeyDescriptor]
    public let authenticatorSelection: Selection
    public let attestation: Attestation

    /// - Parameters:
    ///   - algorithms: COSE numbers, the best first.
    ///   - timeout: Milliseconds.
    public init(
        site: (id: String, name: String), user: User, handle: [UInt8], challenge: String, algorithms: [Int],
        timeout: Int, excluding passkeys: [Passkey]
    ) {
        rp = Site(id: site.id, name: site.name)
        self.user = Person(
            id: Base64URL.encode(handle), name: user.email.text,
            displayName: "\(user.firstName.text) \(user.lastName.text)")
        self.challenge = challenge
        pubKeyCredParams = algorithms.map { Algorithm(type: .publicKey, alg: $0) }
        self.timeout = timeout
        excludeCredentials = passkeys.map(PasskeyDescriptor.init)
        authenticatorSelection = Selection(
            residentKey: .required, requireResidentKey: true, userVerification: .required)
        attestation = .none
    }
}

/// What `navigator.credentials.get` is given, autofill included: `PublicKeyCredentialRequestOptionsJSON` (WebAuthn level 3,
/// section 5.1).
public struct PasskeyRequestOptions: Codable, Sendable, Equatable {
    public let challenge: String
    /// Milliseconds.
    public let timeout: Int
    public let rpID: String
    /// Always empty: whose passkey it is, it tells itself, and nobody learns whether an account has any.
    public let allowCredentials: [PasskeyDescriptor]
    public let userVerification: PasskeyWish

    public init(challenge: String, site: String, timeout: Int) {
        self.challenge = challenge
        self.timeout = timeout
        rpID = site
        allowCredentials = []
        userVerification = .required
    }

    private enum CodingKeys: String, CodingKey {
        case challenge
        case timeout
        case rpID = "rpId"
        case allowCredentials
        case userVerification
    }
}

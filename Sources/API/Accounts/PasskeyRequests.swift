public import Core

/// A passkey that a browser made: `RegistrationResponseJSON` (WebAuthn level 3, section 5.1).
public struct PasskeyCreatedBody: Codable, Sendable {
    public struct Response: Codable, Sendable {
        public let clientDataJSON: BinaryText
        public let attestationObject: BinaryText
        public let transports: [LabelText]?
    }

    public let rawID: BinaryText
    public let response: Response

    private enum CodingKeys: String, CodingKey {
        case rawID = "rawId"
        case response
    }
}

/// A passkey that a browser used: `AuthenticationResponseJSON` (WebAuthn level 3, section 5.1).
public struct PasskeyUsedBody: Codable, Sendable {
    public struct Response: Codable, Sendable {
        public let clientDataJSON: BinaryText
        public let authenticatorData: BinaryText
        public let signature: BinaryText
        public let userHandle: BinaryText?
    }

    public let rawID: BinaryText
    public let response: Response

    private enum CodingKeys: String, CodingKey {
        case rawID = "rawId"
        case response
    }
}

/// A new passkey, and what it is called.
public struct AddPasskeyRequest: Codable, Sendable {
    public let credential: PasskeyCreatedBody
    /// Named after the device unless given.
    public let name: LabelText?
}

/// A sign-in by a passkey.
public struct PasskeySignInRequest: Codable, Sendable {
    public let credential: PasskeyUsedBody
    public let deviceName: DeviceNameText?

    private enum CodingKeys: String, CodingKey {
        case credential
        case deviceName = "device_name"
    }
}

/// Which passkey a path names.
public struct PasskeyParameters: Codable, Sendable, Equatable {
    public let id: ID<Passkey>

    public init(id: ID<Passkey>) {
        self.id = id
    }
}

import Core

// The ways to sign in, as an export shows them: no secrets.

struct ExportedSession: Encodable {
    let id: ID<Session>
    let deviceName: String?
    let userAgent: String?
    let ip: String?
    let impersonatorId: ID<User>?
    let createdAt: Timestamp
    let lastSeenAt: Timestamp
    let authenticatedAt: Timestamp
    let idleExpiresAt: Timestamp
    let expiresAt: Timestamp
    let revokedAt: Timestamp?

    init(_ session: Session) {
        id = session.id
        let isOwn = session.impersonatorID == nil
        // Where an administrator works from is not about the person.
        deviceName = isOwn ? session.deviceName : nil
        userAgent = isOwn ? session.userAgent : nil
        ip = isOwn ? session.ip : nil
        impersonatorId = session.impersonatorID
        createdAt = session.createdAt
        lastSeenAt = session.lastSeenAt
        authenticatedAt = session.authenticatedAt
        idleExpiresAt = session.idleExpiresAt
        expiresAt = session.expiresAt
        revokedAt = session.revokedAt
    }
}

struct ExportedIdentity: Encodable {
    let id: ID<LinkedIdentity>
    let provider: String
    let issuer: String
    let subject: String
    let email: String?
    let createdAt: Timestamp
    let lastUsedAt: Timestamp

    init(_ identity: LinkedIdentity) {
        id = identity.id
        provider = identity.provider
        issuer = identity.issuer
        subject = identity.subject
        email = identity.email
        createdAt = identity.createdAt
        lastUsedAt = identity.lastUsedAt
    }
}

struct ExportedPasskey: Encodable {
    let id: ID<Passkey>
    let name: String
    /// In base64url, like the public key.
    let credentialId: String
    let publicKey: String
    let signCount: UInt32
    let backupEligible: Bool
    let backedUp: Bool
    let transports: [String]
    /// In hexadecimal.
    let aaguid: String
    let createdAt: Timestamp
    let lastUsedAt: Timestamp?

    init(_ passkey: Passkey) {
        id = passkey.id
        name = passkey.name
        credentialId = Base64URL.encode(passkey.credentialID)
        publicKey = Base64URL.encode(passkey.publicKey)
        signCount = passkey.signCount
        backupEligible = passkey.isBackupEligible
        backedUp = passkey.isBackedUp
        transports = passkey.transports
        aaguid = HexDigits.encode(passkey.aaguid)
        createdAt = passkey.createdAt
        lastUsedAt = passkey.lastUsedAt
    }
}

struct ExportedSecondFactor: Encodable {
    let createdAt: Timestamp
    let confirmedAt: Timestamp?
    let recoveryCodesLeft: Int

    init(_ authenticator: Authenticator, recoveryCodesLeft: Int) {
        createdAt = authenticator.createdAt
        confirmedAt = authenticator.confirmedAt
        self.recoveryCodesLeft = recoveryCodesLeft
    }
}

struct ExportedAPIKey: Encodable {
    let id: ID<APIKey>
    let name: String
    let prefix: String
    let scopes: [String]
    let createdAt: Timestamp
    let expiresAt: Timestamp?
    let lastUsedAt: Timestamp?

    init(_ key: APIKey) {
        id = key.id
        name = key.name
        prefix = key.prefix
        scopes = key.scopes.permissions.map(\.rawValue).sorted()
        createdAt = key.createdAt
        expiresAt = key.expiresAt
        lastUsedAt = key.lastUsedAt
    }
}

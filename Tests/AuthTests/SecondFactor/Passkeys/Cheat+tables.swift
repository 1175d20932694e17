@testable import Auth

/// Each leaves all the rest of a ceremony right, user verification included where a table asks for it.
extension Cheat {
    /// - Parameter otherType: That of the ceremony that is not held.
    static func ofBrowsers(_ otherType: String) -> [Cheat] {
        [
            Cheat("another type", .wrongType) { $0.type = otherType },
            Cheat("no type", .wrongType) { $0.type = "" },
            Cheat("another challenge", .wrongChallenge) { $0.challenge[0] ^= 1 },
            Cheat("a longer challenge", .wrongChallenge) { $0.challenge.append(0) },
            Cheat("a shorter challenge", .wrongChallenge) { $0.challenge.removeLast() },
            Cheat("an empty challenge", .wrongChallenge) { $0.challenge = [] },
            Cheat("another port", .wrongOrigin) { $0.origin += ":8443" },
            Cheat("the default port", .wrongOrigin) { $0.origin += ":443" },
            Cheat("another scheme", .wrongOrigin) { $0.origin = "http://app.example.com" },
            Cheat("a subdomain", .wrongOrigin) { $0.origin = "https://login.app.example.com" },
            Cheat("the domain above", .wrongOrigin) { $0.origin = "https://example.com" },
            Cheat("a slash after the origin", .wrongOrigin) { $0.origin += "/" },
            Cheat("a user in the origin", .wrongOrigin) { $0.origin = "https://user@app.example.com" },
            Cheat("our origin as a user", .wrongOrigin) { $0.origin += "@evil.example.org" },
            Cheat("our origin as a prefix", .wrongOrigin) { $0.origin += ".evil.example.org" },
            Cheat("capitals in the origin", .wrongOrigin) { $0.origin = "https://App.example.com" },
            Cheat("a frame of another site", .crossOrigin) { $0.moreClientData = #","crossOrigin":true"# },
            Cheat("crossOrigin as a text", .malformedClientData) { $0.moreClientData = #","crossOrigin":"false""# },
            Cheat("the origin twice", .malformedClientData) {
                $0.moreClientData = #","origin":"https://app.example.com""#
            },
            Cheat("client data that are empty", .malformedClientData) { $0.clientData = "" },
            Cheat("client data that are an array", .malformedClientData) { $0.clientData = "[]" },
            Cheat("client data without members", .malformedClientData) { $0.clientData = "{}" },
            Cheat("client data too long", .malformedClientData) {
                $0.moreClientData = ",\"a\":\"" + String(repeating: "a", count: 4096) + "\""
            },
        ]
    }

    static let ofAuthenticators: [Cheat] = [
        Cheat("another relying party", .wrongRelyingParty) { $0.relyingPartyID = "evil.example.org" },
        Cheat("the domain above as relying party", .wrongRelyingParty) { $0.relyingPartyID = "example.com" },
        Cheat("an origin as relying party", .wrongRelyingParty) { $0.relyingPartyID = "https://app.example.com" },
        Cheat("user verified but not present", .userNotPresent) { $0.flags = $0.flags & 0x40 | 0x04 },
        Cheat("no flags but a credential's", .userNotPresent) { $0.flags &= 0x40 },
        Cheat("user not verified", .userNotVerified) { $0.flags &= ~0x04 },
        Cheat("backed up but not eligible", .backedUpWithoutEligibility) { $0.flags |= 0x14 },
        Cheat("no authenticator data", .malformedAuthenticatorData) { $0.dataLength = 0 },
        Cheat("authenticator data of 36 bytes", .malformedAuthenticatorData) { $0.dataLength = 36 },
        Cheat("a byte after authenticator data", .malformedAuthenticatorData) { $0.dataTail = [0] },
        Cheat("much after authenticator data", .malformedAuthenticatorData) {
            $0.dataTail = [UInt8](repeating: 0, count: 5000)
        },
        Cheat("extensions that are not announced", .malformedAuthenticatorData) { $0.extensions = [0xA0] },
        Cheat("extensions announced but missing", .malformedAuthenticatorData) { $0.flags |= 0x80 },
        Cheat("extensions that are no map", .malformedAuthenticatorData) {
            $0.flags |= 0x80
            $0.extensions = [0x80]
        },
        Cheat("extensions cut off", .malformedAuthenticatorData) {
            $0.flags |= 0x80
            $0.extensions = [0xA1, 0x61, 0x61]
        },
        Cheat("extensions of a huge length", .malformedAuthenticatorData) {
            $0.flags |= 0x80
            $0.extensions = [0xBB] + [UInt8](repeating: 0xFF, count: 8)
        },
        Cheat("extensions of an indefinite length", .malformedAuthenticatorData) {
            $0.flags |= 0x80
            $0.extensions = [0xBF, 0xFF]
        },
        Cheat("extensions too long", .malformedAuthenticatorData) {
            $0.flags |= 0x80
            $0.extensions = CBORSample.map([(.text("a"), .bytes([UInt8](repeating: 0, count: 4096)))]).encoded
        },
        Cheat("a byte after extensions", .malformedAuthenticatorData) {
            $0.flags |= 0x80
            $0.extensions = [0xA0, 0x00]
        },
    ].map(\.verified)

    static let ofRegistrations: [Cheat] =
        ofCredentials.map(\.verified) + ofAttestations.map(\.verified)

    private static let ofCredentials: [Cheat] = [
        Cheat("no credential", .missingCredential) {
            $0.parameters = nil
            $0.flags &= ~0x40
        },
        Cheat("a credential announced but missing", .malformedAuthenticatorData) { $0.parameters = nil },
        Cheat("a credential that is not announced", .malformedAuthenticatorData) { $0.flags &= ~0x40 },
        Cheat("a credential cut off in its model", .malformedAuthenticatorData) { $0.dataLength = 37 + 15 },
        Cheat("a credential cut off in its length", .malformedAuthenticatorData) { $0.dataLength = 37 + 17 },
        Cheat("a credential cut off in its id", .malformedAuthenticatorData) { $0.dataLength = 37 + 18 + 31 },
        Cheat("a credential cut off before its key", .malformedAuthenticatorData) { $0.dataLength = 37 + 18 + 32 },
        Cheat("a credential cut off in its key", .malformedAuthenticatorData) { $0.dataLength = 37 + 18 + 32 + 40 },
        Cheat("an empty id", .malformedAuthenticatorData) { $0.credentialID = [] },
        Cheat("an id of 1024 bytes", .malformedAuthenticatorData) {
            $0.credentialID = [UInt8](repeating: 9, count: 1024)
        },
        Cheat("an id longer than what is there", .malformedAuthenticatorData) { $0.credentialIDLength = 1023 },
        Cheat("an id of the greatest length", .malformedAuthenticatorData) { $0.credentialIDLength = 0xFFFF },
        Cheat("an id shorter than what is there", .malformedAuthenticatorData) { $0.credentialIDLength = 31 },
        Cheat("RS256", .unsupportedKey) { $0.set(3, .integer(-257)) },
        Cheat("another curve", .unsupportedKey) { $0.set(-1, .integer(2)) },
        Cheat("another type of key", .unsupportedKey) { $0.set(1, .integer(4)) },
        Cheat("a key with its private part", .malformedKey) { $0.set(-4, .bytes([UInt8](repeating: 1, count: 32))) },
        Cheat("a key without its algorithm", .malformedKey) { $0.set(3, nil) },
        Cheat("a key without its curve", .malformedKey) { $0.set(-1, nil) },
        Cheat("a key without x", .malformedKey) { $0.set(-2, nil) },
        Cheat("a point on no curve", .malformedKey) { $0.set(-2, .bytes([UInt8](repeating: 0, count: 32))) },
        Cheat("a short x", .malformedKey) { $0.set(-2, .bytes([UInt8](repeating: 1, count: 31))) },
        Cheat("a key with a parameter twice", .malformedAuthenticatorData) {
            $0.parameters?.append((.integer(1), .integer(2)))
        },
        Cheat("a key with a tag", .malformedAuthenticatorData) { $0.set(-2, .raw([0xC2, 0x41, 0x01])) },
        Cheat("a key with a float", .malformedAuthenticatorData) { $0.set(99, .raw([0xF9, 0x00, 0x00])) },
    ]

    private static let ofAttestations: [Cheat] = [
        Cheat("none, with a statement", .attestationNotEmpty) { $0.statement = .map([(.text("a"), .integer(1))]) },
        Cheat("none, with an array", .attestationNotEmpty) { $0.statement = .array([]) },
        Cheat("none, with nothing", .attestationNotEmpty) { $0.statement = .raw([0xF6]) },
        Cheat("packed, with an array", .malformedAttestation) {
            $0.format = "packed"
            $0.statement = .array([])
        },
        Cheat("packed, without anything", .malformedAttestation) { $0.format = "packed" },
        Cheat("packed, without a signature", .malformedAttestation) {
            $0.format = "packed"
            $0.statement = .map([(.text("alg"), .integer(-7))])
        },
        Cheat("packed, with the algorithm as text", .malformedAttestation) {
            $0.format = "packed"
            $0.statement = .map([(.text("alg"), .text("ES256")), (.text("sig"), .bytes([1]))])
        },
        Cheat("attesting itself, under RS256", .wrongAttestationAlgorithm) {
            $0.attestsItself = true
            $0.statementAlgorithm = -257
        },
        Cheat("attesting itself, with a bit flipped", .badAttestationSignature) {
            $0.attestsItself = true
            $0.changedSignature = { $0.dropLast() + [($0.last ?? 0) ^ 1] }
        },
        Cheat("attesting itself, with no signature", .badAttestationSignature) {
            $0.attestsItself = true
            $0.changedSignature = { _ in [] }
        },
        Cheat("an empty object", .malformedAttestation) { $0.object = .raw([]) },
        Cheat("an object that is an array", .malformedAttestation) { $0.object = .array([]) },
        Cheat("an object without members", .malformedAttestation) { $0.object = .map([]) },
        Cheat("an object without data", .malformedAttestation) {
            $0.object = .map([(.text("fmt"), .text("none")), (.text("attStmt"), .map([]))])
        },
        Cheat("an object with data as text", .malformedAttestation) {
            $0.object = .map([
                (.text("fmt"), .text("none")), (.text("attStmt"), .map([])), (.text("authData"), .text("x")),
            ])
        },
        Cheat("an object with a member more", .malformedAttestation) {
            $0.object = .map([
                (.text("fmt"), .text("none")), (.text("attStmt"), .map([])),
                (.text("authData"), .bytes($0.authenticatorData)), (.text("epAtt"), .bool(true)),
            ])
        },
        Cheat("an object with a member twice", .malformedAttestation) {
            $0.object = .map([
                (.text("fmt"), .text("none")), (.text("attStmt"), .map([])),
                (.text("authData"), .bytes($0.authenticatorData)), (.text("fmt"), .text("packed")),
            ])
        },
        Cheat("an object with a tag", .malformedAttestation) {
            $0.object = .raw([0xD9, 0xD9, 0xF7, 0xA0])
        },
        Cheat("an object of indefinite length", .malformedAttestation) {
            $0.object = .raw([0xBF] + CBORSample.text("fmt").encoded + CBORSample.text("none").encoded + [0xFF])
        },
        Cheat("an object of a huge length", .malformedAttestation) {
            $0.object = .raw([0xBB, 0x7F] + [UInt8](repeating: 0xFF, count: 7))
        },
        Cheat("a statement too deep", .malformedAttestation) {
            $0.format = "tpm"
            $0.statement = .raw([UInt8](repeating: 0x81, count: 100) + [0])
        },
        Cheat("a byte after the object", .malformedAttestation) { $0.objectTail = [0] },
        Cheat("an object too long", .malformedAttestation) {
            $0.format = "tpm"
            $0.statement = .bytes([UInt8](repeating: 0, count: 16 * 1024))
        },
    ]

    /// With the user verified, unless the cheat is about that.
    private var verified: Cheat {
        Cheat(name, problem) { [change] draft in
            draft.flags |= 0x04
            change(&draft)
        }
    }
}

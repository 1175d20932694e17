import Core
import Crypto
import Foundation
import HTTPTypes
import Testing

@testable import HTTPServer

/// A passkey, with the authenticator and the browser that use it: what a page gets from them as JSON (WebAuthn level 3,
/// section 5.1).
struct TestPasskey {
    /// All that is about to be said.
    struct Draft {
        var challenge: String
        var type: String
        var origin = TestAPI.origin
        var site = "localhost"
        /// User present and verified.
        var flags: UInt8 = 0x05
        var signCount: UInt32 = 0
        var userHandle: String?
        var changesSignature = false

        fileprivate var clientData: [UInt8] {
            Array(#"{"type":"\#(type)","challenge":"\#(challenge)","origin":"\#(origin)","crossOrigin":false}"#.utf8)
        }

        fileprivate var authenticatorData: [UInt8] {
            let counter: [UInt8] = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: signCount >> $0) }
            return Array(SHA256.hash(data: Array(site.utf8))) + [flags] + counter
        }
    }

    private static let hasCredential: UInt8 = 0x40

    private let key = P256.Signing.PrivateKey()
    let credentialID: [UInt8]
    /// In base64url, as the options had it.
    let userHandle: String

    init(userHandle: String) {
        self.userHandle = userHandle
        credentialID = Array(key.publicKey.rawRepresentation.prefix(20))
    }

    var id: String { Base64URL.encode(credentialID) }

    /// A map of kty EC2, alg ES256, crv P-256, x and y (RFC 9053, section 7.1.1).
    private var publicKey: [UInt8] {
        let point = Array(key.publicKey.rawRepresentation)
        var map: [UInt8] = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20] + point.prefix(32)
        map += [0x22, 0x58, 0x20] + point.suffix(32)
        return map
    }

    /// What `navigator.credentials.create` resolves to, with attestation `none`.
    func created(_ challenge: String, _ change: (inout Draft) -> Void = { _ in }) -> String {
        var draft = Draft(challenge: challenge, type: "webauthn.create")
        change(&draft)
        draft.flags |= Self.hasCredential
        let model = [UInt8](repeating: 0, count: 16)
        let credential = model + [0, UInt8(credentialID.count)] + credentialID + publicKey
        let data = draft.authenticatorData + credential
        var object: [UInt8] = [0xA3, 0x63] + Array("fmt".utf8) + [0x64] + Array("none".utf8)
        object += [0x67] + Array("attStmt".utf8) + [0xA0, 0x68] + Array("authData".utf8)
        object += [0x58, UInt8(data.count)] + data
        return #"""
            {"id":"\#(id)","rawId":"\#(id)","type":"public-key","authenticatorAttachment":"platform",\#
            "clientExtensionResults":{"credProps":{"rk":true}},\#
            "response":{"clientDataJSON":"\#(Base64URL.encode(draft.clientData))",\#
            "attestationObject":"\#(Base64URL.encode(object))","transports":["internal","hybrid"]}}
            """#
    }

    /// What `navigator.credentials.get` resolves to.
    func used(_ challenge: String, _ change: (inout Draft) -> Void = { _ in }) throws -> String {
        var draft = Draft(challenge: challenge, type: "webauthn.get", userHandle: userHandle)
        change(&draft)
        let data = draft.authenticatorData
        let signed = data + Array(SHA256.hash(data: draft.clientData)) + (draft.changesSignature ? [0] : [])
        let signature = Array(try key.signature(for: signed).derRepresentation)
        let handle = draft.userHandle.map { "\"\($0)\"" } ?? "null"
        return #"""
            {"id":"\#(id)","rawId":"\#(id)","type":"public-key","authenticatorAttachment":"platform",\#
            "clientExtensionResults":{},"response":{"clientDataJSON":"\#(Base64URL.encode(draft.clientData))",\#
            "authenticatorData":"\#(Base64URL.encode(data))","signature":"\#(Base64URL.encode(signature))",\#
            "userHandle":\#(handle)}}
            """#
    }
}

/// What people do with passkeys.
extension TestAPI {
    /// Asks for a new passkey, and makes it.
    func makePasskey(as access: String) async throws -> (passkey: TestPasskey, challenge: String) {
        let options = try await post("/users/me/passkeys/options", as: access)
        #expect(options.status == 200)
        let user = try #require(options["user"] as? [String: Any])
        let passkey = TestPasskey(userHandle: try #require(user["id"] as? String))
        return (passkey, try #require(options["challenge"] as? String))
    }

    func addPasskey(_ credential: String, name: String? = nil, as access: String) async throws -> TestAnswer {
        let name = name.map { #","name":"\#($0)""# } ?? ""
        return try await post("/users/me/passkeys/verify", #"{"credential":\#(credential)\#(name)}"#, as: access)
    }

    /// Makes a passkey and keeps it.
    func passkey(as access: String) async throws -> TestPasskey {
        let (passkey, challenge) = try await makePasskey(as: access)
        #expect(try await addPasskey(passkey.created(challenge), as: access).status == 201)
        return passkey
    }

    /// What a passkey is to sign.
    func passkeyChallenge() async throws -> String {
        try #require(try await post("/auth/passkeys/options")["challenge"] as? String)
    }

    func signIn(by credential: String, headers: HTTPFields = [:]) async throws -> TestAnswer {
        try await post("/auth/passkeys/verify", #"{"credential":\#(credential)}"#, headers: headers)
    }
}

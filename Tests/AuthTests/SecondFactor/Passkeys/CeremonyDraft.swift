import Core
import Crypto
import Foundation
import Testing

@testable import Auth

/// All that a ``TestAuthenticator`` is about to say.
struct CeremonyDraft {
    static let credentialID: [UInt8] = Array(100..<132)

    // The browser's part.
    var type: String
    var challenge = TestAuthenticator.challenge
    var origin = "https://app.example.com"
    /// JSON after the origin.
    var moreClientData = #","crossOrigin":false"#
    /// Instead of all these.
    var clientData: String?

    // The authenticator's part.
    var relyingPartyID = "app.example.com"
    var flags: UInt8
    var signCount: UInt32 = 0
    var credentialID = credentialID
    /// What is said instead of the length of the id.
    var credentialIDLength: Int?
    /// Those of the key; nil for no credential.
    var parameters: [(CBORSample, CBORSample)]?
    var extensions: [UInt8] = []
    var dataTail: [UInt8] = []
    var dataLength: Int?

    // Around it.
    var format = "none"
    var statement = CBORSample.map([])
    var attestsItself = false
    var statementAlgorithm: Int?
    var changedSignature: @Sendable ([UInt8]) -> [UInt8] = { $0 }
    /// Instead of the whole attestation object.
    var object: CBORSample?
    var objectTail: [UInt8] = []
    var transports: [String] = []
    var userHandle: [UInt8]? = TestAuthenticator.userHandle

    init(type: String, flags: UInt8, parameters: [(CBORSample, CBORSample)]?) {
        self.type = type
        self.flags = flags
        self.parameters = parameters
    }

    var clientDataJSON: [UInt8] {
        let members = #""type":"\#(type)","challenge":"\#(Base64URL.encode(challenge))","origin":"\#(origin)""#
        return Array((clientData ?? "{\(members)\(moreClientData)}").utf8)
    }

    var authenticatorData: [UInt8] {
        var data = Array(SHA256.hash(data: Array(relyingPartyID.utf8))) + [flags]
        data += Self.bigEndian(Int(signCount), width: 4)
        if let parameters {
            data += [UInt8](repeating: 7, count: 16)
            data += Self.bigEndian(credentialIDLength ?? credentialID.count, width: 2)
            data += credentialID + CBORSample.map(parameters).encoded
        }
        data += extensions + dataTail
        return dataLength.map { Array(data.prefix($0)) } ?? data
    }

    /// Another value for the label.
    mutating func set(_ label: Int, _ value: CBORSample?) {
        parameters?.removeAll { if case .integer(label) = $0.0 { true } else { false } }
        if let value { parameters?.append((.integer(label), value)) }
    }

    private static func bigEndian(_ value: Int, width: Int) -> [UInt8] {
        (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

/// One way to cheat, and what is to be said of it.
struct Cheat: Sendable, CustomTestStringConvertible {
    let name: String
    let problem: PasskeyProblem
    let change: @Sendable (inout CeremonyDraft) -> Void

    init(_ name: String, _ problem: PasskeyProblem, _ change: @escaping @Sendable (inout CeremonyDraft) -> Void) {
        self.name = name
        self.problem = problem
        self.change = change
    }

    var testDescription: String { name }
}

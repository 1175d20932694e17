/// What an authenticator says of a new credential and of itself (WebAuthn section 6.5.4).
///
/// Plinth asks for no attestation (conveyance `none`), so where an authenticator comes from is neither trusted nor
/// verified, whatever a statement claims. Only what needs no trust is looked at: `none` must be empty, and a passkey
/// that attests itself must sign rightly.
struct AttestationObject {
    let format: String
    let authenticatorData: AuthenticatorData
    private let statement: CBORValue

    init(_ bytes: [UInt8]) throws(PasskeyProblem) {
        guard let members = CBORReader.item(bytes)?.map,
            Set(members.keys) == [.text("fmt"), .text("attStmt"), .text("authData")],
            let format = members[.text("fmt")]?.text, let statement = members[.text("attStmt")],
            let data = members[.text("authData")]?.bytes
        else { throw .malformedAttestation }
        self.format = format
        self.statement = statement
        authenticatorData = try AuthenticatorData(data)
    }

    /// - Parameter clientDataHash: SHA-256 of the client data.
    func checkStatement(clientDataHash: [UInt8]) throws(PasskeyProblem) {
        switch format {
        case "none":
            guard statement == .map([:]) else { throw .attestationNotEmpty }
        case "packed":
            guard let members = statement.map else { throw .malformedAttestation }
            // With a certificate it is the maker who attests.
            if members[.text("x5c")] == nil { try checkSelfAttestation(members, clientDataHash: clientDataHash) }
        default:
            break
        }
    }

    /// The last case of WebAuthn section 8.2.
    private func checkSelfAttestation(
        _ members: [CBORValue.Key: CBORValue], clientDataHash: [UInt8]
    ) throws(PasskeyProblem) {
        guard let algorithm = members[.text("alg")]?.integer, let signature = members[.text("sig")]?.bytes else {
            throw .malformedAttestation
        }
        guard let key = authenticatorData.credential?.publicKey else { throw .missingCredential }
        guard algorithm == key.algorithm.rawValue else { throw .wrongAttestationAlgorithm }
        guard key.isValidSignature(signature, for: authenticatorData.bytes + clientDataHash) else {
            throw .badAttestationSignature
        }
    }
}

/// A new credential, as authenticator data carry it (WebAuthn section 6.5.1).
struct AttestedCredential {
    /// Bytes. The most that WebAuthn allows.
    static let longestID = 1023
    private static let modelLength = 16
    private static let lengthBeforeID = modelLength + 2

    /// Names the authenticator's model.
    let aaguid: [UInt8]
    let id: [UInt8]
    let publicKey: PasskeyPublicKey

    /// - Parameter bytes: Begin with the credential; afterwards with what follows it.
    init(takenFrom bytes: inout ArraySlice<UInt8>) throws(PasskeyProblem) {
        let head = bytes.prefix(Self.lengthBeforeID)
        guard head.count == Self.lengthBeforeID else { throw .malformedAuthenticatorData }
        aaguid = Array(head.prefix(Self.modelLength))
        let length = head.dropFirst(Self.modelLength).reduce(0) { $0 << 8 | Int($1) }
        let rest = bytes.dropFirst(Self.lengthBeforeID)
        guard (1...Self.longestID).contains(length), length <= rest.count else { throw .malformedAuthenticatorData }
        id = Array(rest.prefix(length))
        let key = rest.dropFirst(length)
        guard let (item, end) = CBORReader.firstItem(key) else { throw .malformedAuthenticatorData }
        publicKey = try PasskeyPublicKey(item, bytes: Array(key.prefix(key.count - end.count)))
        bytes = end
    }
}

import Core

/// What the browser says of a ceremony (WebAuthn section 5.8.1). The authenticator signs its hash.
///
/// `topOrigin` says something only of frames of other sites, which are refused. `tokenBinding` is not looked at:
/// browsers gave it up, and level 3 dropped it.
struct ClientData {
    /// Bytes. Browsers write 150 to 400.
    static let longestInBytes = 4 * 1024

    enum Ceremony: String {
        case registration = "webauthn.create"
        case assertion = "webauthn.get"
    }

    let challenge: [UInt8]
    private let type: String
    private let origin: String
    private let isCrossOrigin: Bool

    init(_ json: [UInt8]) throws(PasskeyProblem) {
        guard json.count <= Self.longestInBytes, let object = ClientDataJSON(json), let type = object.text("type"),
            let challenge = object.text("challenge").flatMap({ Base64URL.decode($0) }),
            let origin = object.text("origin")
        else { throw .malformedClientData }
        self.type = type
        self.challenge = challenge
        self.origin = origin
        switch object.members["crossOrigin"] {
        case nil: isCrossOrigin = false
        case .bool(let isCrossOrigin): self.isCrossOrigin = isCrossOrigin
        default: throw .malformedClientData
        }
    }

    func check(
        _ ceremony: Ceremony, challenge expected: [UInt8], relyingParty: RelyingParty
    ) throws(PasskeyProblem) {
        guard type == ceremony.rawValue else { throw .wrongType }
        // An empty one would be no challenge, whoever expects it.
        guard !expected.isEmpty, ConstantTime.equal(challenge, expected) else { throw .wrongChallenge }
        guard relyingParty.origins.contains(origin) else { throw .wrongOrigin }
        guard !isCrossOrigin else { throw .crossOrigin }
    }
}

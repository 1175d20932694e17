import Core

/// The parts of a text that has the shape of an ID token (RFC 7515 compact form). Nothing is verified yet.
struct ParsedIDToken {
    static let longestInBytes = 16 * 1024
    /// They would say which key to trust or what is signed (RFC 7515 section 4.1, RFC 7797).
    static let forbiddenMembers: Set<String> = ["crit", "jku", "jwk", "x5u", "x5c", "b64"]

    let algorithm: OpenIDAlgorithm
    let keyID: String?
    let claims: [String: StrictJSON]
    /// The first two parts as they came.
    let signed: [UInt8]
    let signature: [UInt8]

    init(_ text: String) throws(OpenIDProblem) {
        guard text.utf8.count <= Self.longestInBytes else { throw .tooLong }
        let bytes = Array(text.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]).flatMap(StrictJSON.members(of:)),
            let claims = Base64URL.decode(parts[1]).flatMap(StrictJSON.members(of:)),
            let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        guard Self.forbiddenMembers.isDisjoint(with: header.keys) else { throw .forbiddenHeader }
        // Another type of token must not pass for this one (RFC 8725 section 3.11).
        if let type = header["typ"], type.text != "JWT" { throw .wrongType }
        guard let name = header["alg"]?.text else { throw .malformed }
        guard let algorithm = OpenIDAlgorithm(rawValue: name) else { throw .wrongAlgorithm }
        keyID = header["kid"]?.text
        guard keyID != nil || header["kid"] == nil else { throw .malformed }
        self.algorithm = algorithm
        self.claims = claims
        self.signature = signature
        signed = Array(bytes[..<(parts[2].startIndex - 1)])
    }
}

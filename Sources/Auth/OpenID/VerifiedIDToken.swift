/// What an ID token says that was found right.
struct VerifiedIDToken: Sendable {
    let issuer: String
    let subject: String
    let claims: [String: StrictJSON]

    var identity: OpenIDIdentity {
        OpenIDIdentity(issuer: issuer, subject: subject, claims: claims)
    }

    /// Whether the provider may have kept the address for UserInfo. One that is there and no good is the answer.
    var lacksEmail: Bool { claims["email"] == nil }

    /// With the address that UserInfo tells, and the names that are missing.
    func identity(with userInfo: [String: StrictJSON]) -> OpenIDIdentity {
        var all = claims
        for name in ["given_name", "family_name", "name"] where all[name] == nil { all[name] = userInfo[name] }
        // Who tells the address says whether it is verified: what is here was said of none.
        for name in ["email", "email_verified"] { all[name] = userInfo[name] }
        return OpenIDIdentity(issuer: issuer, subject: subject, claims: all)
    }
}

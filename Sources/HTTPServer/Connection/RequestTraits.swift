/// What of a request's head decides how its exchange goes on the connection.
struct RequestTraits: OptionSet {
    let rawValue: UInt8

    /// HEAD: the response's body is not sent.
    static let head = RequestTraits(rawValue: 1 << 0)
    /// Answered in kind, because its client does not know chunks, and always the connection's last.
    static let http10 = RequestTraits(rawValue: 1 << 1)
    /// The connection's last, by the client's wish.
    static let closes = RequestTraits(rawValue: 1 << 2)
    /// The client holds its body back until it is told to send it (RFC 9110, 10.1.1).
    static let expectsContinue = RequestTraits(rawValue: 1 << 3)
}

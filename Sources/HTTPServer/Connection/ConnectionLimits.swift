/// What one connection may cost: how long each step may take and how much it may bring.
///
/// Every value can be changed by configuration; the defaults are the documented limits.
public struct ConnectionLimits: Sendable {
    /// From the accepted connection, TLS handshake included, to the first complete request head; on a kept
    /// connection from the first byte of the next head to its end.
    public var headerDeadline: Duration = .seconds(10)
    /// From the request head to the last byte of its body.
    public var bodyDeadline: Duration = .seconds(30)
    /// From the request head to the end of the response. Streams are exempt.
    public var requestDeadline: Duration = .seconds(30)
    /// How long a kept connection may wait for its next request.
    public var idle: Duration = .seconds(60)
    /// How long a client may leave bytes unread. Noticed at the latest after one and a half times this.
    public var writeStall: Duration = .seconds(20)
    /// How long a handler may go on after its client has closed its side, before it is cancelled. A client that
    /// only half-closes still gets a quick answer.
    public var disconnectGrace: Duration = .milliseconds(500)

    /// Header fields of one request.
    public var maxHeaderCount = 100
    /// Bytes of one request's target, header names and values together.
    public var maxHeaderBytes = 32 * 1024
    /// Bytes of any request body that no route has asked to raise: a backstop behind the routes' own, smaller limits.
    public var maxBodyBytes = 1024 * 1024 + 64 * 1024

    /// Connections open at once from one address (IPv6: one /64).
    public var perAddressConnections = 128

    /// What is read and thrown away after the last response, so that the client sees it before the connection resets.
    public var discardBytes = 256 * 1024
    /// How long is waited for the client's own close after the last response.
    public var discardTime: Duration = .seconds(1)

    /// The documented defaults.
    public init() {}
}

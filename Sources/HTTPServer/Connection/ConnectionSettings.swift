package import NIOCore

/// What the guards of all of a server's connections share.
package struct ConnectionSettings: Sendable {
    package var limits: ConnectionLimits
    package let registry: ConnectionRegistry
    package let shutdown: ShutdownState
    /// Clients see https, be it of this process or of a proxy before it: requests get that scheme, and what the
    /// guards answer themselves gets HSTS.
    package var isSecure: Bool
    /// Makes the id of a request that no route saw, of letters, digits and hyphens.
    package let requestID: @Sendable () -> String
    /// Whether a peer is a trusted proxy, whose connections are not counted.
    package let isExempt: @Sendable (SocketAddress) -> Bool

    package init(
        limits: ConnectionLimits = ConnectionLimits(),
        registry: ConnectionRegistry,
        shutdown: ShutdownState,
        isSecure: Bool = false,
        requestID: @escaping @Sendable () -> String,
        isExempt: @escaping @Sendable (SocketAddress) -> Bool = { _ in false }
    ) {
        self.limits = limits
        self.registry = registry
        self.shutdown = shutdown
        self.isSecure = isSecure
        self.requestID = requestID
        self.isExempt = isExempt
    }
}

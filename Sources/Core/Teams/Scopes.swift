/// The permissions that an API key was made for: they limit what its holder may otherwise do, and give nothing.
public struct Scopes: Sendable, Hashable {
    public let permissions: Set<Permission>

    public init(_ permissions: Set<Permission>) {
        self.permissions = permissions
    }
}

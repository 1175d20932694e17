/// A permission on one thing of a team, beside what the role allows everywhere in it.
public struct ResourceGrant: Sendable, Hashable {
    public let permission: Permission
    public let item: ResourceReference

    public init(_ permission: Permission, on item: ResourceReference) {
        self.permission = permission
        self.item = item
    }
}

public import Core

/// Which picture a path names.
public struct AvatarPath: Codable, Sendable, Equatable {
    public let user: ID<User>
    /// Changes with each picture.
    public let version: LinkTokenText

    public init(user: ID<User>, version: LinkTokenText) {
        self.user = user
        self.version = version
    }
}

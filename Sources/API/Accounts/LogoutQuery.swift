/// Which sessions a sign-out ends; its own unless told.
public struct LogoutQuery: Codable, Sendable, Equatable {
    public enum Range: String, Codable, Sendable, CaseIterable {
        /// The one that asks.
        case local
        /// All but the one that asks.
        case others
        case global
    }

    public let scope: Range?

    public init(scope: Range? = nil) {
        self.scope = scope
    }
}

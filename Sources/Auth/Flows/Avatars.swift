public import Core
import Persistence

/// The pictures of people, kept in an object store and shown to whoever has their address, which nobody can guess.
public struct Avatars: Sendable {
    /// What a picture may measure, in bytes.
    public static let largest: Int64 = 1024 * 1024

    /// Why something is no picture of a person or a team.
    public enum Problem: Error, Equatable {
        case tooLarge
        /// It is none of the kinds of ``ImageType``.
        case noPicture
    }

    private let accounts: Accounts
    private let store: AvatarStore

    public init(accounts: Accounts, objects: any ObjectStore) {
        self.accounts = accounts
        store = AvatarStore(
            objects: objects, baseURL: accounts.configuration.baseURL, randomness: accounts.randomness)
    }

    /// Gives a person a picture; the one before is removed.
    /// - Returns: The account as it is now.
    /// - Throws: ``Problem``; what ``Accounts/updateProfile(_:of:origin:if:)`` throws.
    public func replace(
        with content: ObjectContent, of principal: Principal, origin: RequestOrigin
    ) async throws -> User {
        try principal.requireActive()
        return try await store.keep(content, of: .user(principal.user.id)) { address in
            try await set(address, of: principal, origin: origin)
        }
    }

    /// Takes a person's picture away, if there is one.
    public func remove(of principal: Principal, origin: RequestOrigin) async throws -> User {
        try await set(nil, of: principal, origin: origin)
    }

    /// What is known of the picture at an address; nil when there is none.
    public func info(user: ID<User>, version: String) async throws -> ObjectInfo? {
        guard let key = AvatarOwner.user(user).key(version: version) else { return nil }
        return try await store.objects.info(key)
    }

    /// The picture at an address; nil when there is none.
    /// - Parameters: The last two parts of the address.
    public func read(user: ID<User>, version: String) async throws -> ObjectReading? {
        guard let key = AvatarOwner.user(user).key(version: version) else { return nil }
        return try await store.objects.read(key, range: nil)
    }

    private func set(_ address: String?, of principal: Principal, origin: RequestOrigin) async throws -> User {
        let randomness = accounts.randomness
        return try await accounts.update(principal, origin: origin) { user, now in
            let before = user.avatarURL
            user.avatarURL = address
            guard before != address else { return Accounts.OwnChange(changed: [:]) }
            return Accounts.OwnChange(
                changed: ["avatar": address == nil ? "removed" : "replaced"],
                jobs: try AvatarOwner.user(user.id).removal(of: before, at: now, randomness: randomness))
        }
    }
}

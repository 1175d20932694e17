public import Core
import Persistence

/// The pictures of people, kept in an object store and shown to whoever has their address, which nobody can guess.
public struct Avatars: Sendable {
    /// What a picture may measure, in bytes.
    public static let largest: Int64 = 1024 * 1024
    /// Of the part of the address that can't be guessed.
    private static let versionBytes = 16
    private static let folder = "avatars"

    public enum Problem: Error, Equatable {
        case tooLarge
        /// It is none of the kinds of ``ImageType``.
        case noPicture
    }

    private let accounts: Accounts
    private let objects: any ObjectStore

    public init(accounts: Accounts, objects: any ObjectStore) {
        self.accounts = accounts
        self.objects = objects
    }

    /// Gives a person a picture; the one before is removed.
    /// - Returns: The account as it is now.
    /// - Throws: ``Problem``; what ``Accounts/updateProfile(_:of:origin:if:)`` throws.
    public func replace(
        with content: ObjectContent, of principal: Principal, origin: RequestOrigin
    ) async throws -> User {
        try principal.requireActive()
        let bytes = try await Self.collect(content)
        guard let image = ImageType(of: bytes) else { throw Problem.noPicture }
        let version = HexDigits.encode(accounts.randomness.bytes(Self.versionBytes))
        guard let key = Self.key(of: principal.user.id.description, version: version) else { throw Problem.noPicture }
        _ = try await objects.put(key, .of(bytes), type: image.mediaType, limit: Self.largest)
        do {
            return try await set(key, of: principal, origin: origin)
        } catch DatabaseError.outcomeUnknown {
            // It may be in use by now: better a picture that nobody needs than an address that leads nowhere.
            throw DatabaseError.outcomeUnknown
        } catch {
            // In a task that was cancelled nothing else would run any more.
            await Task { [objects] in try? await objects.remove(key) }.value
            throw error
        }
    }

    /// Takes a person's picture away, if there is one.
    public func remove(of principal: Principal, origin: RequestOrigin) async throws -> User {
        try await set(nil, of: principal, origin: origin)
    }

    /// What is known of the picture at an address; nil when there is none.
    public func info(user: String, version: String) async throws -> ObjectInfo? {
        guard let key = Self.key(of: user, version: version) else { return nil }
        return try await objects.info(key)
    }

    /// The picture at an address; nil when there is none.
    /// - Parameters: The last two parts of the address.
    public func read(user: String, version: String) async throws -> ObjectReading? {
        guard let key = Self.key(of: user, version: version) else { return nil }
        return try await objects.read(key, range: nil)
    }

    private func set(_ key: ObjectKey?, of principal: Principal, origin: RequestOrigin) async throws -> User {
        let base = accounts.configuration.baseURL + "/"
        let randomness = accounts.randomness
        return try await accounts.update(principal, origin: origin) { user, now in
            let before = user.avatarURL
            user.avatarURL = key.map { base + $0.text }
            guard before != user.avatarURL else { return Accounts.OwnChange(changed: [:]) }
            let old = before.flatMap { Self.key(in: $0, of: user.id) }
            return Accounts.OwnChange(
                changed: ["avatar": key == nil ? "removed" : "replaced"],
                jobs: try old.map { [try Job(ObjectRemoval($0), id: .make(at: now, randomness: randomness), at: now)] }
                    ?? [])
        }
    }

    /// The name of the object at an address, whatever host it had then; nil for a picture from elsewhere, which is not ours
    /// to remove, and for somebody else's.
    static func key(in address: String, of user: ID<User>) -> ObjectKey? {
        let parts = address.split(separator: "/").suffix(3).map(String.init)
        guard parts.count == 3, parts[0] == folder, parts[1] == user.description else { return nil }
        return key(of: parts[1], version: parts[2])
    }

    private static func key(of user: String, version: String) -> ObjectKey? {
        ObjectKey("\(folder)/\(user)/\(version)")
    }

    private static func collect(_ content: ObjectContent) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in content {
            bytes += piece
            guard Int64(bytes.count) <= largest else { throw Problem.tooLarge }
        }
        return bytes
    }
}

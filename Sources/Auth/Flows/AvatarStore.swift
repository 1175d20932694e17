package import Core
import Persistence

/// Whose a picture is: it says what the picture is called in an object store, and where it is shown.
package enum AvatarOwner: Sendable, Equatable {
    case user(ID<User>)
    case team(ID<Team>)

    /// The name of the picture's object; nil for a text that is no version.
    package func key(version: String) -> ObjectKey? {
        version.contains("/") ? nil : ObjectKey("\(folder)/\(id)/\(version)")
    }

    /// The name of the object at an address, whatever host it had then; nil for a picture from elsewhere, which is not ours
    /// to remove, and for somebody else's.
    package func key(in address: String) -> ObjectKey? {
        guard let place = address.ranges(of: "/" + path).last else { return nil }
        return key(version: String(address[place.upperBound...]))
    }

    /// Where a picture is shown, below the base URL.
    func address(of version: String) -> String { path + version }

    /// People's pictures are shown to whoever has their address, those of teams to whoever may read the team: they lie apart,
    /// so that no address of the first kind leads to one of the second.
    private var folder: String {
        switch self {
        case .user: "avatars"
        case .team: "team-avatars"
        }
    }

    private var id: String {
        switch self {
        case .user(let id): id.description
        case .team(let id): id.description
        }
    }

    private var path: String {
        switch self {
        case .user(let id): "avatars/\(id)/"
        case .team(let id): "api/v1/teams/\(id)/avatar?version="
        }
    }
}

/// How the pictures of people and of teams are kept in an object store: what may be one, and how one takes the place of
/// another. The address lies with the person or team.
package struct AvatarStore: Sendable {
    /// Of the part of the address that can't be guessed.
    private static let versionBytes = 16

    package let objects: any ObjectStore
    private let baseURL: String
    private let randomness: Randomness

    package init(objects: any ObjectStore, baseURL: String, randomness: Randomness) {
        self.objects = objects
        self.baseURL = baseURL
        self.randomness = randomness
    }

    /// Keeps a picture, then has its address written down; where that fails, it is removed again.
    /// - Parameter write: Writes the address; the one before, see ``removal(of:as:at:)``.
    /// - Throws: ``Avatars/Problem``; what `write` throws.
    package func keep<Result>(
        _ content: ObjectContent, of owner: AvatarOwner, _ write: (_ address: String) async throws -> Result
    ) async throws -> Result {
        let bytes = try await Self.collect(content)
        guard let image = ImageType(of: bytes) else { throw Avatars.Problem.noPicture }
        let version = HexDigits.encode(randomness.bytes(Self.versionBytes))
        guard let key = owner.key(version: version) else { throw Avatars.Problem.noPicture }
        _ = try await objects.put(key, .of(bytes), type: image.mediaType, limit: Avatars.largest)
        do {
            return try await write("\(baseURL)/\(owner.address(of: version))")
        } catch DatabaseError.outcomeUnknown {
            // It may be in use by now: better a picture that nobody needs than an address that leads nowhere.
            throw DatabaseError.outcomeUnknown
        } catch {
            // In a task that was cancelled nothing else would run any more.
            await Task { [objects] in try? await objects.remove(key) }.value
            throw error
        }
    }

    private static func collect(_ content: ObjectContent) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in content {
            bytes += piece
            guard Int64(bytes.count) <= Avatars.largest else { throw Avatars.Problem.tooLarge }
        }
        return bytes
    }
}

extension AvatarOwner {
    /// The job that removes the picture at an address, to be enqueued by the transaction that forgets the address; none for
    /// what is not ours.
    package func removal(
        of address: String?, at time: Timestamp, randomness: Randomness
    ) throws -> [Job] {
        guard let key = address.flatMap(key(in:)) else { return [] }
        return [try Job(ObjectRemoval(key), id: .make(at: time, randomness: randomness), at: time)]
    }
}

import Core
import Persistence

/// When signing keys come and go, without doing it.
enum SigningKeyRotation {
    /// How long a key signs.
    static let period: Duration = .days(90)
    /// How long a key is published before it signs, so that whoever caches the key set knows it in time.
    static let publishedBefore: Duration = .days(1)
    /// How long a key goes on after its period: until its last token ended, and as long as nobody came to replace it.
    static let grace: Duration = .days(1)

    /// The times of a key that must be added now.
    struct Addition: Equatable {
        let activeFrom: Timestamp
        let retiresAt: Timestamp
        /// Another instance that decided the same has added a key active from here on.
        let unlessActiveFrom: Timestamp
    }

    /// What is to be added to `keys`, which are all that are not past their retirement; nil while nothing is due.
    static func addition(to keys: [SealedSigningKey], at now: Timestamp) -> Addition? {
        let newest = keys.map(\.activeFrom).max()
        let unlessActiveFrom = newest.map { $0 + .microseconds(1) } ?? now - publishedBefore
        let usable = keys.filter { $0.revokedAt == nil && now + AccessToken.lifetime < $0.retiresAt }
        guard let latest = usable.map(\.activeFrom).max() else {
            // Nothing can sign: the new key does at once.
            return addition(activeFrom: max(now, unlessActiveFrom), unlessActiveFrom: unlessActiveFrom)
        }
        guard latest + period - publishedBefore <= now else { return nil }
        return addition(activeFrom: max(now + publishedBefore, unlessActiveFrom), unlessActiveFrom: unlessActiveFrom)
    }

    /// The times of a key that is added before one is due; nil while one waits to become active.
    static func early(after keys: [SealedSigningKey], at now: Timestamp) -> Addition? {
        guard !keys.contains(where: { $0.revokedAt == nil && $0.activeFrom > now }) else { return nil }
        let newest = keys.map(\.activeFrom).max()
        let unlessActiveFrom = newest.map { $0 + .microseconds(1) } ?? now - publishedBefore
        return addition(activeFrom: max(now + publishedBefore, unlessActiveFrom), unlessActiveFrom: unlessActiveFrom)
    }

    private static func addition(activeFrom: Timestamp, unlessActiveFrom: Timestamp) -> Addition {
        Addition(activeFrom: activeFrom, retiresAt: activeFrom + period + grace, unlessActiveFrom: unlessActiveFrom)
    }
}

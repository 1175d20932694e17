public import Core
import Crypto

/// The signing keys as they were at a moment; never changes.
public struct SigningKeys: Sendable {
    /// Counts the changes of the set, so that what was concluded from an older one is recognised.
    let revision: Int
    private let keys: [SigningKey]
    private let byID: [String: SigningKey]

    init(_ keys: [SigningKey] = [], revision: Int = 0) {
        self.keys = keys.sorted { $0.activeFrom < $1.activeFrom }
        byID = Dictionary(keys.map { ($0.keyID, $0) }) { first, _ in first }
        self.revision = revision
    }

    /// The key that signs at `time`: the newest active one whose tokens will all end before it retires. When none is
    /// left (the active one was revoked) the next steps in early: it is published already.
    func signer(at time: Timestamp) -> SigningKey? {
        let usable = keys.filter { $0.isTrusted(at: time + AccessToken.lifetime) }
        return usable.last { $0.activeFrom <= time } ?? usable.first
    }

    /// The key of this name; nil when there is none, or it is retired or revoked.
    func verifier(_ keyID: String, at time: Timestamp) -> SigningKey? {
        byID[keyID].flatMap { $0.isTrusted(at: time) ? $0 : nil }
    }

    /// What others verify with, those not yet active included.
    public func published(at time: Timestamp) -> [JSONWebKey] {
        keys.filter { $0.isTrusted(at: time) }.map(JSONWebKey.init)
    }
}

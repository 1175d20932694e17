/// What the database keeps of a session's refresh tokens: hashes, and for a moment a sealed copy.
public struct RefreshState: Sendable, Equatable {
    /// SHA-256 of the token that may be used next.
    public var hash: [UInt8]
    /// Counts rotations; 0 for the first token.
    public var generation: Int64
    /// SHA-256 of the token used last; nil before the first rotation.
    public var parentHash: [UInt8]?
    /// The current token sealed under a key that only the parent token yields; nil once erased.
    public var sealedSuccessor: [UInt8]?
    /// When the current token was made out of its parent.
    public var rotatedAt: Timestamp?

    public init(
        hash: [UInt8], generation: Int64 = 0, parentHash: [UInt8]? = nil, sealedSuccessor: [UInt8]? = nil,
        rotatedAt: Timestamp? = nil
    ) {
        self.hash = hash
        self.generation = generation
        self.parentHash = parentHash
        self.sealedSuccessor = sealedSuccessor
        self.rotatedAt = rotatedAt
    }
}

public import Core

extension MasterKeys {
    /// Sealing under these keys, for what knows nothing of them.
    public var secretSealing: SecretSealing {
        SecretSealing(
            seal: { try seal($0, context: $1) },
            open: { try open($0, context: $1) })
    }
}

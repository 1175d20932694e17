public import Core

/// An export as its owner sees it.
public struct ExportBody: Codable, Sendable, Equatable {
    public let id: ID<DataExport>
    public let status: DataExport.Status
    /// Where the archive can be had without another credential, for an hour; absent unless it is ready.
    public let downloadURL: String?
    /// When the archive goes; absent until it is ready.
    public let expiresAt: Timestamp?
    public let createdAt: Timestamp

    public init(_ export: DataExport, downloadURL: String?, at now: Timestamp) {
        id = export.id
        status = export.status(at: now)
        self.downloadURL = downloadURL
        expiresAt = export.archive?.expiresAt
        createdAt = export.createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case status
        case downloadURL = "download_url"
        case expiresAt = "expires_at"
        case createdAt = "created_at"
    }
}

/// Which export a path names.
public struct ExportParameters: Codable, Sendable, Equatable {
    public let id: ID<DataExport>

    public init(id: ID<DataExport>) {
        self.id = id
    }
}

/// When an account's data is erased.
public struct DeletionBody: Codable, Sendable, Equatable {
    public let purgeAt: Timestamp

    public init(purgeAt: Timestamp) {
        self.purgeAt = purgeAt
    }

    private enum CodingKeys: String, CodingKey {
        case purgeAt = "purge_at"
    }
}

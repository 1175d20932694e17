/// What a person asked to have: an archive of everything that is held about them.
public struct DataExport: Sendable, Equatable, Identifiable {
    public enum Status: String, Sendable, Codable, CaseIterable {
        /// The archive is being made.
        case pending
        case ready
        /// It was never made; the person may ask again.
        case failed
        /// The archive is gone, or about to be.
        case expired
    }

    /// The archive once it is complete.
    public struct Archive: Sendable, Equatable {
        public let key: ObjectKey
        /// In bytes.
        public let size: Int64
        public let readyAt: Timestamp
        public let expiresAt: Timestamp

        public init(key: ObjectKey, size: Int64, readyAt: Timestamp, expiresAt: Timestamp) {
            self.key = key
            self.size = size
            self.readyAt = readyAt
            self.expiresAt = expiresAt
        }
    }

    /// An archive that was not made by then will not be.
    public static let longestWork = Duration.days(1)

    public let id: ID<DataExport>
    public let userID: ID<User>
    public let createdAt: Timestamp
    /// Nil until it is complete.
    public let archive: Archive?

    public init(id: ID<DataExport>, userID: ID<User>, createdAt: Timestamp, archive: Archive? = nil) {
        self.id = id
        self.userID = userID
        self.createdAt = createdAt
        self.archive = archive
    }

    public func status(at now: Timestamp) -> Status {
        guard let archive else { return now < createdAt + Self.longestWork ? .pending : .failed }
        return now < archive.expiresAt ? .ready : .expired
    }
}

/// The parameters of the job that makes the archive of a ``DataExport``.
public struct DataExportWork: JobParameters, Equatable {
    public static let jobName = "data_export.build"

    public let exportID: ID<DataExport>
    public let userID: ID<User>

    public init(_ export: DataExport) {
        exportID = export.id
        userID = export.userID
    }

    private enum CodingKeys: String, CodingKey {
        case exportID = "export_id"
        case userID = "user_id"
    }
}

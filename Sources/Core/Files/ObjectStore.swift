/// Where bytes are kept by name: avatars, attachments, exports.
public protocol ObjectStore: Sendable {
    /// Keeps an object, whole or not at all. One that was there is replaced at once: whoever reads at the same time gets
    /// the old one or the new one, never a mixture.
    /// - Parameters:
    ///   - content: Its bytes, in pieces of any size.
    ///   - limit: What it may measure, in bytes.
    /// - Throws: ``ObjectStoreError/tooLarge``, and then nothing was kept; what `content` throws.
    func put(
        _ key: ObjectKey, _ content: ObjectContent, type: MediaType, limit: Int64
    ) async throws -> ObjectInfo

    /// What is known of an object; nil when there is none.
    func info(_ key: ObjectKey) async throws -> ObjectInfo?

    /// Opens an object; nil when there is none.
    /// - Parameter range: Of its bytes, those at these offsets; what lies beyond its end is left out. All unless told.
    func read(_ key: ObjectKey, range: Range<Int64>?) async throws -> ObjectReading?

    /// Removes an object. One that is not there is no error.
    func remove(_ key: ObjectKey) async throws

    /// An address at which the holder may do what the grant says until it expires, without any other credential.
    func url(for grant: ObjectGrant) async throws -> String
}

/// The bytes of an object, in pieces of any size.
public typealias ObjectContent = any AsyncSequence<[UInt8], any Error> & Sendable

/// What is known of an object.
public struct ObjectInfo: Sendable, Equatable {
    /// In bytes.
    public let size: Int64
    public let type: MediaType
    /// Of its bytes, 32 of its own.
    public let sha256: [UInt8]
    public let storedAt: Timestamp

    public init(size: Int64, type: MediaType, sha256: [UInt8], storedAt: Timestamp) {
        self.size = size
        self.type = type
        self.sha256 = sha256
        self.storedAt = storedAt
    }
}

/// An object that is being read.
public struct ObjectReading: Sendable {
    /// Of the whole object.
    public let info: ObjectInfo
    /// Which of its bytes ``content`` has.
    public let range: Range<Int64>
    public let content: ObjectContent

    public init(info: ObjectInfo, range: Range<Int64>, content: ObjectContent) {
        self.info = info
        self.range = range
        self.content = content
    }
}

public enum ObjectStoreError: Error, Equatable {
    /// There are more bytes than may be.
    case tooLarge
    /// What is kept under the name is no object, or not a whole one.
    case damaged(ObjectKey)
}

/// What a link lets its holder do.
public struct ObjectGrant: Sendable, Equatable {
    public enum Action: Sendable, Equatable {
        /// Read it. With a name it is saved under that, without it is shown where that is safe.
        case read(fileName: String?)
        /// Put an object of this type there, of at most so many bytes.
        case write(type: MediaType, limit: Int64)
    }

    public let key: ObjectKey
    public let action: Action
    public let expiresAt: Timestamp

    public init(key: ObjectKey, action: Action, expiresAt: Timestamp) {
        self.key = key
        self.action = action
        self.expiresAt = expiresAt
    }
}

extension AsyncSequence where Self == AsyncThrowingStream<[UInt8], any Error> {
    /// Bytes that are there already, in one piece.
    public static func of(_ bytes: [UInt8]) -> Self {
        AsyncThrowingStream { continuation in
            if !bytes.isEmpty { continuation.yield(bytes) }
            continuation.finish()
        }
    }
}

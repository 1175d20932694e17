import Core

/// Something kept beside the rows of a person, as a file of the archive.
struct ExportFile: Sendable {
    /// What it is called in the archive, and its bytes; nil where it is gone by now.
    let read: @Sendable () async throws -> (name: String, content: [UInt8])?

    /// The person's picture, whole: it measures ``Avatars/largest`` at most.
    init(picture key: ObjectKey, in objects: any ObjectStore) {
        read = {
            do {
                guard let reading = try await objects.read(key, range: nil) else { return nil }
                var bytes: [UInt8] = []
                for try await piece in reading.content { bytes += piece }
                let kind = ImageType(of: bytes)?.rawValue.split(separator: "/").last
                return (name: "avatar.\(kind ?? "bin")", content: bytes)
            } catch ObjectStoreError.damaged {
                // What nobody can read must not keep the rest back.
                return nil
            }
        }
    }
}

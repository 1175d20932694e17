import Auth
import Core
import Foundation

/// The master key of a laptop, made at the first start and kept in the data directory, readable to its owner alone.
struct DevelopmentKey: Sendable {
    private static let lengthInBytes = 32
    private static let draftNameBytes = 8
    private static let fileName = "development.key"

    let path: String
    private let directory: String

    init(dataDirectory: String) {
        directory = dataDirectory
        path = "\(dataDirectory)/\(Self.fileName)"
    }

    /// The key; nil before the first start.
    /// - Throws: ``StartError/developmentKeyUnusable(path:reason:)``.
    func read() throws(StartError) -> MasterKeys? {
        let text: String
        do {
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw .developmentKeyUnusable(path: path, reason: "it can't be read")
        }
        do {
            return try MasterKeys(hexadecimal: [text.trimmingCharacters(in: .whitespacesAndNewlines)])
        } catch {
            throw .developmentKeyUnusable(path: path, reason: "it is not 64 hexadecimal digits")
        }
    }

    /// The key, made now if there is none. Of several that make it at once one wins, and all get that one.
    /// - Throws: ``StartError/developmentKeyUnusable(path:reason:)``.
    func readOrMake(randomness: Randomness) throws(StartError) -> MasterKeys {
        if let key = try read() { return key }
        try make(HexDigits.encode(randomness.bytes(Self.lengthInBytes)), draft: randomness.bytes(Self.draftNameBytes))
        guard let key = try read() else { throw .developmentKeyUnusable(path: path, reason: "it vanished") }
        return key
    }

    /// The file appears whole or not at all: it is written under another name and then linked to its own, which fails
    /// where somebody was quicker.
    private func make(_ text: String, draft name: [UInt8]) throws(StartError) {
        try makeDirectory()
        let draft = "\(path).\(HexDigits.encode(name))"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor != -1 else { throw failure() }
        defer { unlink(draft) }
        let bytes = Array("\(text)\n".utf8)
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let problem = isWritten ? nil : failure()
        close(descriptor)
        if let problem { throw problem }
        guard link(draft, path) == 0 || errno == EEXIST else { throw failure() }
    }

    /// Open to be walked through where root makes it: PostgreSQL, which runs as somebody else then, lives in it.
    private func makeDirectory() throws(StartError) {
        let mode = geteuid() == 0 ? 0o711 : 0o700
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: mode])
        } catch {
            throw failure()
        }
    }

    private func failure() -> StartError {
        .developmentKeyUnusable(path: path, reason: String(cString: strerror(errno)))
    }
}

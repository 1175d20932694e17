import Core
import Foundation

/// A tar archive of sections, each a JSON array, and of files, made while it is read: never more of it than a part of a section,
/// or one file, is held.
struct ExportArchive: AsyncSequence, Sendable {
    /// From which size on a section goes on in another file, in bytes.
    private static let fileSize = 1 << 20

    private let sections: [ExportSection]
    private let files: [ExportFile]
    private let time: Timestamp

    init(sections: [ExportSection], files: [ExportFile] = [], at time: Timestamp) {
        self.sections = sections
        self.files = files
        self.time = time
    }

    func makeAsyncIterator() -> Iterator { Iterator(sections: sections[...], others: files[...], time: time) }

    struct Iterator: AsyncIteratorProtocol {
        private var sections: ArraySlice<ExportSection>
        private var others: ArraySlice<ExportFile>
        private let time: Timestamp
        /// Where the section being read goes on; nil at its beginning.
        private var position: Cursor?
        /// Files of it so far.
        private var files = 0
        private var hasEnded = false

        fileprivate init(sections: ArraySlice<ExportSection>, others: ArraySlice<ExportFile>, time: Timestamp) {
            self.sections = sections
            self.others = others
            self.time = time
        }

        /// The next file, whole; at last the end of the archive.
        mutating func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
            guard let section = sections.first else {
                while let other = others.popFirst() {
                    guard let (name, content) = try await other.read() else { continue }
                    return TarEntry.file(name, content, at: time)
                }
                if hasEnded { return nil }
                hasEnded = true
                return TarEntry.end
            }
            var rows: [[UInt8]] = []
            var size = 0
            repeat {
                let page = try await section.read(position)
                rows += page.rows
                size += page.rows.reduce(0) { $0 + $1.count }
                position = page.next
            } while position != nil && size < ExportArchive.fileSize
            files += 1
            let name = files == 1 ? section.name : "\(section.name)-\(files)"
            if position == nil {
                sections = sections.dropFirst()
                files = 0
            }
            return TarEntry.file("\(name).json", Self.array(of: rows), at: time)
        }

        mutating func next() async throws -> [UInt8]? { try await next(isolation: nil) }

        /// One row a line.
        private static func array(of rows: [[UInt8]]) -> [UInt8] {
            guard !rows.isEmpty else { return Array("[]\n".utf8) }
            return Array("[\n".utf8) + rows.joined(separator: Array(",\n".utf8)) + Array("\n]\n".utf8)
        }
    }
}

import Core
import Foundation
import Persistence

/// One kind of thing that is held about a person: a file of the archive, read page by page.
struct ExportSection: Sendable {
    typealias Rows = (rows: [[UInt8]], next: Cursor?)

    /// Of the file, such as `sessions`.
    let name: String
    /// Rows in JSON, from a position on; nil is the beginning.
    let read: @Sendable (_ after: Cursor?) async throws -> Rows

    /// A few things at once.
    init<Item: Encodable & SendableMetatype>(_ name: String, _ items: @escaping @Sendable () async throws -> [Item]) {
        self.name = name
        read = { _ in (try Self.encode(try await items()), nil) }
    }

    /// Things that may be many.
    init<Item, Shown: Encodable & SendableMetatype>(
        _ name: String, pages: @escaping @Sendable (PageRequest) async throws -> Page<Item>,
        as shown: @escaping @Sendable (Item) -> Shown
    ) {
        self.name = name
        read = { position in
            let page = try await pages(PageRequest(limit: PageRequest.limits.upperBound, after: position))
            return (try Self.encode(page.items.map(shown)), page.next)
        }
    }

    private static func encode(_ items: [some Encodable]) throws -> [[UInt8]] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try items.map { Array(try encoder.encode($0)) }
    }
}

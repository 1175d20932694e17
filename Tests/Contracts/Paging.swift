import Core
import Testing

/// Expects that pages of every size, one after another, make up `expected`.
func expectPages<Item: Equatable & Sendable>(
    of expected: [Item], sourceLocation: SourceLocation = #_sourceLocation,
    fetch: (PageRequest) async throws -> Page<Item>
) async throws {
    let limits: Set = [1, 2, 3, expected.count - 1, expected.count, expected.count + 1, PageRequest.limits.upperBound]
    for limit in limits where PageRequest.limits.contains(limit) {
        var gathered: [Item] = []
        var pages = 0
        var cursor: Cursor?
        repeat {
            let page = try await fetch(PageRequest(limit: limit, after: cursor))
            #expect(page.items.count <= limit, sourceLocation: sourceLocation)
            #expect(page.next == nil || page.items.count == limit, sourceLocation: sourceLocation)
            gathered += page.items
            pages += 1
            // As a client sends it back.
            cursor = page.next.flatMap { Cursor($0.description) }
        } while cursor != nil && pages <= expected.count
        #expect(gathered == expected, "in pages of \(limit)", sourceLocation: sourceLocation)
        let needed = max(1, (expected.count + limit - 1) / limit)
        #expect(pages == needed, "in pages of \(limit)", sourceLocation: sourceLocation)
    }
}

/// Creation times for lists: most are equal, so that only ids tell the rows apart.
func crowdedTimes(around time: Timestamp) -> [Timestamp] {
    let microsecond = Duration.microseconds(1)
    return [time, time, time + microsecond, time - microsecond, time, time + microsecond, time, time - microsecond]
}

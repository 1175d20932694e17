public import Core

/// Which page of a list is asked for.
public struct ListQuery: Codable, Sendable, Equatable {
    public let limit: PageLimit?
    public let cursor: Cursor?

    public init(limit: PageLimit? = nil, cursor: Cursor? = nil) {
        self.limit = limit
        self.cursor = cursor
    }

    /// As repositories want it.
    public var pageRequest: PageRequest {
        PageRequest(limit: limit?.value ?? PageRequest.defaultLimit, after: cursor)
    }
}

/// How many items a page may hold: 1 to 100.
public struct PageLimit: SchemaProviding, Sendable, Equatable {
    public let value: Int

    /// Nil beyond ``PageRequest/limits``.
    public init?(_ value: Int) {
        guard PageRequest.limits.contains(value) else { return nil }
        self.value = value
    }

    public static var schema: Schema {
        Schema(
            .integer(Int64(PageRequest.limits.lowerBound)...Int64(PageRequest.limits.upperBound)),
            summary: "Items wanted; \(PageRequest.defaultLimit) unless told.",
            example: .number(JSONNumber(PageRequest.defaultLimit)))
    }

    public init(from decoder: any Decoder) throws {
        guard let limit = PageLimit(try decoder.singleValueContainer().decode(Int.self)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "out of range"))
        }
        self = limit
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

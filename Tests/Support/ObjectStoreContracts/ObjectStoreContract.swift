public import Core
public import Testing

/// One sentence that holds for whatever keeps objects.
public struct ObjectStoreContract: Sendable, CustomTestStringConvertible {
    public let name: String
    private let check: @Sendable (any ObjectStore) async throws -> Void

    init(_ name: String, _ check: @escaping @Sendable (any ObjectStore) async throws -> Void) {
        self.name = name
        self.check = check
    }

    /// Records an issue, or throws, where the sentence does not hold.
    /// - Parameter store: One that holds nothing.
    public func check(_ store: any ObjectStore) async throws {
        try await check(store)
    }

    public var testDescription: String { name }
}

/// Bytes that come as they please.
func pieces(_ pieces: [[UInt8]], then error: (any Error)? = nil) -> ObjectContent {
    AsyncThrowingStream<[UInt8], any Error> { continuation in
        for piece in pieces { continuation.yield(piece) }
        continuation.finish(throwing: error)
    }
}

extension ObjectReading {
    /// All of it.
    func collected() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in content { bytes += piece }
        return bytes
    }
}

/// Runs `body` so many times at once.
func together(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<count { group.addTask { try await body(index) } }
        try await group.waitForAll()
    }
}

struct Interrupted: Error, Equatable {}

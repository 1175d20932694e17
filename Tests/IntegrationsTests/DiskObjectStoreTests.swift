import Core
import Fakes
import Foundation
import ObjectStoreContracts
import Testing

@testable import Integrations

struct DiskObjectStoreTests {
    private func withStore(
        _ body: (_ store: DiskObjectStore, _ directory: URL, _ time: ManualTime) async throws -> Void
    ) async throws {
        let name = "plinth-objects-\(HexDigits.encode(Randomness.system.bytes(8)))"
        let directory = FileManager.default.temporaryDirectory.appending(path: name)
        defer { try? FileManager.default.removeItem(at: directory) }
        let time = ManualTime()
        try await body(
            DiskObjectStore(directory: directory.path, time: time.source) { "link:\($0.key)" }, directory, time)
    }

    private func files(in directory: URL) -> [String] {
        (FileManager.default.enumerator(atPath: directory.path)?.allObjects as? [String] ?? []).filter { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: directory.appending(path: path).path)
            return attributes?[.type] as? FileAttributeType == .typeRegular
        }
    }

    private let key = ObjectKey("avatars/ada.png")

    @Test(arguments: ObjectStoreContracts.all)
    func `the store on disk holds to`(contract: ObjectStoreContract) async throws {
        try await withStore { store, _, _ in try await contract.check(store) }
    }

    @Test func `objects outlive the store, and nobody else may read them`() async throws {
        try await withStore { store, directory, time async throws in
            let key = try #require(key)
            let info = try await store.put(key, .of([1, 2, 3]), type: .bytes, limit: 10)
            let again = DiskObjectStore(directory: directory.path, time: time.source) { _ in "" }
            #expect(try await again.info(key) == info)
            let paths = files(in: directory)
            #expect(paths.count == 1)
            #expect(!paths[0].contains("ada"))
            for path in [directory.path, directory.appending(path: paths[0]).path] {
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
                #expect(mode & 0o077 == 0, "\(path)")
            }
        }
    }

    @Test func `what is given up leaves no file, and what a killed writer left is removed`() async throws {
        try await withStore { store, directory, time async throws in
            let key = try #require(key)
            await #expect(throws: ObjectStoreError.tooLarge) {
                try await store.put(key, .of([1, 2, 3]), type: .bytes, limit: 2)
            }
            #expect(files(in: directory).isEmpty)
            _ = try await store.put(key, .of([1]), type: .bytes, limit: 2)
            let left = directory.appending(path: "incoming/left")
            try Data([1]).write(to: left)
            time.advance(by: .seconds(Int64(Date(timeIntervalSinceNow: 0).timeIntervalSince1970) - time.now.seconds))
            try await store.removeAbandoned(olderThan: .hours(1))
            #expect(FileManager.default.fileExists(atPath: left.path))
            time.advance(by: .hours(2))
            try await store.removeAbandoned(olderThan: .hours(1))
            #expect(!FileManager.default.fileExists(atPath: left.path))
            #expect(try await store.info(key) != nil)
        }
    }

    @Test func `an upload that is cancelled leaves no file`() async throws {
        try await withStore { store, directory, _ async throws in
            let key = try #require(key)
            let (content, pieces) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let upload = Task {
                try await store.put(
                    key, Watched(base: content) { begin.finish() }, type: .bytes, limit: 10)
            }
            pieces.yield([1, 2, 3])
            for await _ in begun {}
            #expect(files(in: directory).count == 1)
            upload.cancel()
            pieces.finish(throwing: CancellationError())
            _ = await upload.result
            #expect(files(in: directory).isEmpty)
            #expect(try await store.info(key) == nil)
        }
    }

    /// Says when a second piece is asked for: the first is written then.
    private struct Watched: AsyncSequence, Sendable {
        struct Iterator: AsyncIteratorProtocol {
            var base: AsyncThrowingStream<[UInt8], any Error>.Iterator
            let onSecond: @Sendable () -> Void
            var count = 0

            mutating func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
                count += 1
                if count == 2 { onSecond() }
                return try await base.next(isolation: actor)
            }

            mutating func next() async throws -> [UInt8]? { try await next(isolation: nil) }
        }

        let base: AsyncThrowingStream<[UInt8], any Error>
        let onSecond: @Sendable () -> Void

        func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), onSecond: onSecond) }
    }

    @Test func `a file that was cut short or changed is told, not served`() async throws {
        try await withStore { store, directory, _ async throws in
            let key = try #require(key)
            _ = try await store.put(key, .of([1, 2, 3]), type: .bytes, limit: 10)
            let file = directory.appending(path: try #require(files(in: directory).first))
            let whole = try Data(contentsOf: file)
            for damaged in [whole.dropLast(), Data(whole.prefix(100)), Data(), Data("x".utf8) + whole.dropFirst()] {
                try damaged.write(to: file)
                await #expect(throws: ObjectStoreError.damaged(key)) { try await store.info(key) }
                await #expect(throws: ObjectStoreError.damaged(key)) { try await store.read(key, range: nil) }
            }
        }
    }
}

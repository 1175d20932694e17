import API
import Core
import HTTPTypes
import Hummingbird
import NIOCore

extension FileContent {
    /// What files are served under: nothing in them runs, loads or belongs to this origin.
    static let policy = "default-src 'none'; sandbox"

    init(_ reading: ObjectReading) {
        self.init(
            mediaType: reading.info.type.text,
            isPartial: reading.range.upperBound - reading.range.lowerBound < reading.info.size)
    }
}

extension ResponseBody {
    /// The bytes of an object as they are read.
    init(_ reading: ObjectReading) {
        self.init(contentLength: Int(reading.range.upperBound - reading.range.lowerBound)) { writer in
            for try await piece in reading.content { try await writer.write(ByteBuffer(bytes: piece)) }
            try await writer.finish(nil)
        }
    }
}

extension Call {
    /// The body piece by piece, for an endpoint that streams it.
    /// - Parameter limit: What it may measure, in bytes.
    /// - Throws: ``ProblemError`` for one that says it is larger; the content throws where less comes than was said.
    func streamedBody(limit: Int64) throws -> ObjectContent {
        let length = request.headers[.contentLength].flatMap { Int64($0) }
        if let length, length > limit { throw ProblemError(.payloadTooLarge) }
        context.channel.wantsRequestBody(limit: Int(clamping: limit))
        return Complete(request.body.map { Array($0.readableBytesView) }, length: length)
    }
}

/// A body that must be as long as was said: a client that hangs up ends it early without an error.
private struct Complete<Base: AsyncSequence<[UInt8], any Error> & Sendable>: AsyncSequence, Sendable {
    struct Iterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator
        let length: Int64?
        var count: Int64 = 0

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
            guard let piece = try await base.next(isolation: actor) else {
                if let length, length != count { throw ProblemError(.malformedRequest) }
                return nil
            }
            count += Int64(piece.count)
            return piece
        }

        mutating func next() async throws -> [UInt8]? { try await next(isolation: nil) }
    }

    let base: Base
    let length: Int64?

    init(_ base: Base, length: Int64?) {
        self.base = base
        self.length = length
    }

    func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), length: length) }
}

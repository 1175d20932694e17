import API
import Core
import HTTPTypes
import Hummingbird
import NIOCore

extension FileContent {
    /// What files are served under: nothing in them runs, loads or belongs to this origin.
    static let policy = "default-src 'none'; sandbox"

    init(_ info: ObjectInfo, isPartial: Bool = false) {
        self.init(mediaType: info.type.text, isPartial: isPartial)
    }
}

extension ResponseBody {
    /// The bytes of an object as they are read.
    init(_ reading: ObjectReading) {
        let length = Int(reading.range.upperBound - reading.range.lowerBound)
        self.init(contentLength: length) { writer in
            var left = length
            for try await piece in reading.content {
                left -= piece.count
                try await writer.write(ByteBuffer(bytes: piece))
            }
            // Nobody must take a part for the whole: the connection breaks off.
            guard left == 0 else { throw CutShort() }
            try await writer.finish(nil)
        }
    }

    /// What a `HEAD` is answered with: the length without the bytes.
    init(lengthOf range: Range<Int64>) {
        self.init(contentLength: Int(range.upperBound - range.lowerBound)) { _ in }
    }

    private struct CutShort: Error {}
}

extension Call {
    /// The body piece by piece, for an endpoint that streams it.
    /// - Parameter limit: What it may measure, in bytes.
    /// - Throws: ``ProblemError`` for one that does not say how large it is, or says it is larger; the content throws where
    ///   less comes than was said: a client that hangs up ends its body early without an error.
    func streamedBody(limit: Int64) throws -> ObjectContent {
        guard let length = request.headers[.contentLength].flatMap({ Int64($0) }) else {
            throw ProblemError(.lengthRequired)
        }
        guard length <= limit else { throw ProblemError(.payloadTooLarge) }
        context.channel.wantsRequestBody(limit: Int(clamping: limit))
        return Complete(request.body.map { Array($0.readableBytesView) }, length: length)
    }
}

/// A body that must be as long as was said.
private struct Complete<Base: AsyncSequence<[UInt8], any Error> & Sendable>: AsyncSequence, Sendable {
    struct Iterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator
        let length: Int64
        var count: Int64 = 0

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
            guard let piece = try await base.next(isolation: actor) else {
                if length != count { throw ProblemError(.malformedRequest) }
                return nil
            }
            count += Int64(piece.count)
            return piece
        }

        mutating func next() async throws -> [UInt8]? { try await next(isolation: nil) }
    }

    let base: Base
    let length: Int64

    init(_ base: Base, length: Int64) {
        self.base = base
        self.length = length
    }

    func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), length: length) }
}

import API
public import Core
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The objects of a store of our own, for whoever holds a link.
struct ObjectRoutes: Sendable {
    /// Shown by a browser as they are; anything else is saved, so that nothing uploaded runs as a page of this site.
    private static let shown: Set<String> = ["image/png", "image/jpeg", "image/gif", "image/webp"]

    let objects: LocalObjects
    let time: TimeSource

    func bind(to binder: inout Binder) throws {
        try binder.open(ObjectEndpoints.download, download)
        try binder.open(ObjectEndpoints.upload, upload)
    }

    @Sendable private func download(
        _ call: Call<ObjectPath, Nothing, Nothing>
    ) async throws -> Reply<Either<FileContent, NotModified>> {
        let grant = try grant(of: call)
        guard case .read(let fileName) = grant.action, let info = try await objects.store.info(grant.key) else {
            throw ProblemError(.notFound)
        }
        let tag = "\"\(HexDigits.encode(info.sha256))\""
        if EntityTag.matches(call.request.headers[values: .ifNoneMatch], tag, isWeak: true) {
            return Reply(Either<FileContent, NotModified>.second(NotModified())).with(.eTag, tag)
        }
        let wanted = range(asked: call.request, of: info, tag: tag)
        if wanted == .unsatisfiable {
            throw ProblemError(.rangeNotSatisfiable, headers: [.contentRange: "bytes */\(info.size)"])
        }
        let part: Range<Int64>? = if case .part(let asked) = wanted { asked } else { nil }
        let bytes = part ?? 0..<info.size
        var reply = Reply(Either<FileContent, NotModified>.first(FileContent(info, isPartial: part != nil)))
            .streaming(try await body(of: info, bytes, grant.key, call.request))
            .with(.eTag, tag).with(.acceptRanges, "bytes")
            .with(.contentDisposition, disposition(of: info, fileName: fileName))
            .with(.contentSecurityPolicy, FileContent.policy)
            .with(.cacheControl, caching(of: grant, fileName: fileName))
        call.context.channel.streamsResponse()
        if part != nil {
            reply = reply.with(
                .contentRange, "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(info.size)")
        }
        return reply
    }

    @Sendable private func upload(_ call: Call<ObjectPath, Nothing, Nothing>) async throws -> Reply<NoContent> {
        let grant = try grant(of: call)
        guard case .write(let type, let limit) = grant.action else { throw ProblemError(.notFound) }
        let sent = call.request.headers[.contentType].map { $0.prefix { $0 != ";" } }
        guard let sent, MediaType(String(sent)) == type else { throw ProblemError(.unsupportedMediaType) }
        // A part must not take the place of the whole (RFC 9110, section 14.5).
        if call.request.headers.contains(.contentRange) { throw ProblemError(.malformedRequest) }
        do {
            let content = try call.streamedBody(limit: limit)
            let info = try await objects.store.put(grant.key, content, type: type, limit: limit)
            return Reply(NoContent()).with(.eTag, "\"\(HexDigits.encode(info.sha256))\"")
        } catch ObjectStoreError.tooLarge {
            throw ProblemError(.payloadTooLarge)
        }
    }

    private func grant(of call: Call<ObjectPath, Nothing, Nothing>) throws -> ObjectGrant {
        guard let grant = objects.links.grant(in: call.parameters.token.text, at: time.now()) else {
            throw ProblemError(.notFound)
        }
        return grant
    }

    /// A range that goes on with another version of the object gets the whole (`If-Range`, RFC 9110, section 13.1.5).
    private func range(asked request: Request, of info: ObjectInfo, tag: String) -> RangeHeader {
        // Defined for GET only (section 14.2).
        if request.method != .get { return .whole }
        if let known = request.headers[.ifRange], known != tag { return .whole }
        return RangeHeader(request.headers[.range], size: info.size)
    }

    /// What is shown may be kept as long as the link is good. What is saved under a name is the person's from then on, and no
    /// browser's.
    private func caching(of grant: ObjectGrant, fileName: String?) -> String {
        fileName == nil ? "private, max-age=\(max(0, (grant.expiresAt - time.now()).secondsRoundedUp))" : "no-store"
    }

    /// A `HEAD` opens nothing.
    private func body(
        of info: ObjectInfo, _ range: Range<Int64>, _ key: ObjectKey, _ request: Request
    ) async throws -> ResponseBody {
        if request.method == .head { return ResponseBody(lengthOf: range) }
        guard let reading = try await objects.store.read(key, range: range), reading.info == info else {
            // Replaced in between: the next attempt finds the new one.
            throw ProblemError(.unavailable)
        }
        return ResponseBody(reading)
    }

    private func disposition(of info: ObjectInfo, fileName: String?) -> String {
        guard let fileName else { return Self.shown.contains(info.type.text) ? "inline" : "attachment" }
        // RFC 6266 with the encoding of RFC 8187: letters and digits of ASCII, the rest in percent.
        let encoded = fileName.addingPercentEncoding(withAllowedCharacters: Self.plain) ?? "file"
        return "attachment; filename*=UTF-8''\(encoded)"
    }

    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// An object store of our own and the links that this server serves of it.
public struct LocalObjects: Sendable {
    let store: any ObjectStore
    let links: ObjectLinks

    public init(store: any ObjectStore, links: ObjectLinks) {
        self.store = store
        self.links = links
    }
}

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
    ) async throws -> Reply<FileContent> {
        let grant = try grant(of: call)
        guard case .read(let fileName) = grant.action, let info = try await objects.store.info(grant.key) else {
            throw ProblemError(.notFound)
        }
        let tag = "\"\(HexDigits.encode(info.sha256))\""
        let wanted = range(asked: call.request, of: info, tag: tag)
        if wanted == .unsatisfiable {
            throw ProblemError(.rangeNotSatisfiable, headers: [.contentRange: "bytes */\(info.size)"])
        }
        let part: Range<Int64>? = if case .part(let range) = wanted { range } else { nil }
        guard let reading = try await objects.store.read(grant.key, range: part), reading.info == info else {
            // Replaced in between: the next attempt finds the new one.
            throw ProblemError(.unavailable)
        }
        call.context.channel.streamsResponse()
        var reply = Reply(FileContent(mediaType: info.type.text, isPartial: part != nil))
            .streaming(ResponseBody(reading))
            .with(.eTag, tag).with(.acceptRanges, "bytes")
            .with(.contentDisposition, disposition(of: info, fileName: fileName))
            .with(.contentSecurityPolicy, FileContent.policy)
            .with(.cacheControl, "private, max-age=\(max(0, (grant.expiresAt - time.now()).secondsRoundedUp))")
        if part != nil {
            reply = reply.with(
                .contentRange, "bytes \(reading.range.lowerBound)-\(reading.range.upperBound - 1)/\(info.size)")
        }
        return reply
    }

    @Sendable private func upload(_ call: Call<ObjectPath, Nothing, Nothing>) async throws -> Reply<NoContent> {
        let grant = try grant(of: call)
        guard case .write(let type, let limit) = grant.action else { throw ProblemError(.notFound) }
        let sent = call.request.headers[.contentType].map { $0.prefix { $0 != ";" } }
        guard let sent, MediaType(String(sent)) == type else { throw ProblemError(.unsupportedMediaType) }
        call.context.channel.streamsResponse()
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
        if let known = request.headers[.ifRange], known != tag { return .whole }
        return RangeHeader(request.headers[.range], size: info.size)
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

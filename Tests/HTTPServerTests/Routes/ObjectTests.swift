import Core
import Fakes
import Foundation
import HTTPTypes
import Testing

@testable import Auth
@testable import HTTPServer

struct ObjectTests {
    private static let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    private func withObject(
        type: String = "text/html",
        _ body: (_ api: TestAPI, _ link: (ObjectGrant.Action) throws -> String) async throws -> Void
    ) async throws {
        try await TestAPI.run { api async throws in
            let key = try #require(ObjectKey("files/a.bin"))
            let objects = try #require(api.installation.services.objects)
            _ = try await objects.store.put(
                key, .of(Self.bytes), type: try #require(MediaType(type)), limit: 1_000_000)
            try await body(api) { action in
                let url = try objects.links.url(
                    for: ObjectGrant(key: key, action: action, expiresAt: api.time.now + .minutes(15)))
                return String(url.dropFirst(TestInstallation.origin.count))
            }
        }
    }

    @Test func `a link reads the object, as a download that can do nothing`() async throws {
        try await withObject { api, link async throws in
            let path = try link(.read(fileName: "Zoë \"1\"\r\n.html"))
            let answer = try await api.send(.get, path)
            #expect(answer.status == 200)
            #expect(answer.body == Self.bytes)
            #expect(answer.headers[.contentType] == "text/html")
            #expect(answer.headers[.contentLength] == "100000")
            #expect(
                answer.headers[.contentDisposition] == "attachment; filename*=UTF-8''Zo%C3%AB%20%221%22%0D%0A.html")
            #expect(answer.headers[values: .contentSecurityPolicy] == ["default-src 'none'; sandbox"])
            #expect(answer.headers[.cacheControl] == "no-store")
            let page = try await api.send(.get, link(.read(fileName: nil)))
            #expect(page.headers[.contentDisposition] == "attachment")
            #expect(page.headers[.cacheControl] == "private, max-age=900")
            let head = try await api.send(.head, path)
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
        }
        try await withObject(type: "image/png") { api, link async throws in
            #expect(try await api.send(.get, link(.read(fileName: nil))).headers[.contentDisposition] == "inline")
        }
    }

    @Test(arguments: [
        ("bytes=0-9", 0..<10), ("bytes=99990-", 99_990..<100_000), ("bytes=-5", 99_995..<100_000),
        ("bytes=99999-200000", 99_999..<100_000), ("bytes=-200000", 0..<100_000), ("BYTES=1-1", 1..<2),
    ])
    func `a range is answered with its bytes`(range: String, expected: Range<Int>) async throws {
        try await withObject { api, link async throws in
            let answer = try await api.send(.get, link(.read(fileName: nil)), headers: [.range: range])
            #expect(answer.status == 206)
            #expect(answer.body == Array(Self.bytes[expected]))
            #expect(
                answer.headers[.contentRange] == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/100000")
        }
    }

    @Test(arguments: [
        "bytes=5-1", "bytes=", "bytes=a-b", "bytes=0-1,3-4", "items=0-1", "bytes=--1", "bytes=-", "0-1",
        "bytes=99999999999999999999-", "bytes=+1-2",
    ])
    func `a range that says nothing gets the whole`(range: String) async throws {
        try await withObject { api, link async throws in
            let answer = try await api.send(.get, link(.read(fileName: nil)), headers: [.range: range])
            #expect(answer.status == 200)
            #expect(answer.body.count == Self.bytes.count)
        }
    }

    @Test func `a range beyond the end is refused, one of another version gets the whole`() async throws {
        try await withObject { api, link async throws in
            let path = try link(.read(fileName: nil))
            for range in ["bytes=100000-", "bytes=-0", "bytes=100000-100001"] {
                let answer = try await api.send(.get, path, headers: [.range: range])
                #expect(answer.status == 416)
                #expect(answer.code == "range_not_satisfiable")
                #expect(answer.headers[.contentRange] == "bytes */100000")
            }
            let tag = try #require(try await api.send(.head, path).headers[.eTag])
            let ifRange = try #require(HTTPField.Name("If-Range"))
            let same = try await api.send(.get, path, headers: [.range: "bytes=0-0", ifRange: tag])
            #expect(same.status == 206)
            let other = try await api.send(.get, path, headers: [.range: "bytes=0-0", ifRange: "\"other\""])
            #expect(other.status == 200)
            // Ranges are for GET.
            let head = try await api.send(.head, path, headers: [.range: "bytes=100000-"])
            #expect(head.status == 200)
            #expect(head.headers[.contentLength] == "100000")
            let known = try await api.send(.get, path, headers: [.ifNoneMatch: tag])
            #expect(known.status == 304)
            #expect(known.body.isEmpty)
            #expect(try await api.send(.get, path, headers: [.accept: "image/*"]).status == 200)
        }
    }

    @Test func `a link that was changed, made elsewhere or has expired leads nowhere`() async throws {
        try await withObject { api, link async throws in
            let path = try link(.read(fileName: nil))
            let (grant, signature) = (path.split(separator: ".")[0], path.split(separator: ".")[1])
            let other = try link(.read(fileName: "other"))
            for changed in [
                "\(grant).", "\(grant)", "\(grant).AAAA", "\(grant).\(signature).", "/objects/.\(signature)",
                "\(other.split(separator: ".")[0]).\(signature)", "\(path)A",
            ] {
                #expect(try await api.send(.get, changed).status == 404, "\(changed)")
            }
            let foreign = ObjectLinks(
                keys: try MasterKeys(hexadecimal: [HexDigits.encode(Randomness.seeded(9).bytes(32))]), baseURL: "")
            let key = try #require(ObjectKey("files/a.bin"))
            let grants = ObjectGrant(key: key, action: .read(fileName: nil), expiresAt: api.time.now + .minutes(1))
            #expect(try await api.send(.get, foreign.url(for: grants)).status == 404)
            #expect(try await api.send(.put, path, "x", headers: [.contentType: "text/html"]).status == 404)
            api.pass(seconds: 15 * 60)
            #expect(try await api.send(.get, path).status == 404)
        }
    }

    @Test func `an upload takes what it was made for, whole or not at all`() async throws {
        try await withObject { api, link async throws in
            let type = try #require(MediaType("text/plain"))
            let path = try link(.write(type: type, limit: 5))
            let plain: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
            #expect(try await api.send(.put, path, "hello", headers: plain).status == 204)
            #expect(try await api.send(.get, link(.read(fileName: nil))).text == "hello")
            #expect(try await api.send(.put, path, "larger", headers: plain).code == "payload_too_large")
            #expect(try await api.send(.put, path, "x", headers: [.contentType: "text/html"]).status == 415)
            #expect(
                try await api.send(.put, path, "x", headers: plain.merging([.contentRange: "bytes 0-0/2"])).status
                    == 400)
            #expect(
                try await api.send(.put, path, "x", headers: plain, isChunked: true).code == "length_required")
            let cut = plain.merging([.contentLength: "4"])
            #expect(try await api.send(.put, path, "abc", headers: cut).code == "malformed_request")
            #expect(try await api.send(.get, link(.read(fileName: nil))).text == "hello")
            #expect(try await api.send(.get, path).status == 404)
        }
    }
}

import Core
import Crypto
import Fakes
import Foundation
import Persistence
import Testing

@testable import Auth

struct ExportsTests {
    private struct Site {
        let fixture: AccountsFixture
        let objects: InMemoryObjectStore
        let exports: Exports

        init() async throws {
            fixture = try await AccountsFixture()
            objects = InMemoryObjectStore(time: fixture.time.source) { Array(SHA256.hash(data: $0)) }
            exports = Exports(accounts: fixture.accounts, objects: objects)
        }

        /// The work that waits, latest first.
        func work() async throws -> [DataExportWork] {
            try await fixture.store.jobs.list(name: DataExportWork.jobName, page: PageRequest()).items
                .map { try $0.decoded() }
        }

        func contents(of export: DataExport) async throws -> [(name: String, content: [UInt8])] {
            let key = try #require(export.archive?.key)
            let reading = try #require(try await objects.read(key, range: nil))
            var bytes: [UInt8] = []
            for try await piece in reading.content { bytes += piece }
            return try TarReader(bytes).files
        }

        func files(of export: DataExport) async throws -> [String: [[String: Any]]] {
            var files: [String: [[String: Any]]] = [:]
            for file in try await contents(of: export) {
                let rows = try JSONSerialization.jsonObject(with: Data(file.content))
                files[file.name] = try #require(rows as? [[String: Any]])
            }
            return files
        }
    }

    @Test func `an export is asked for, made by its job, told by mail and had until it expires`() async throws {
        let site = try await Site()
        let (fixture, exports) = (site.fixture, site.exports)
        let user = try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        let asked = try await exports.request(of: own, origin: AccountsFixture.origin)
        #expect(asked.status(at: fixture.time.now) == .pending)
        #expect(try await exports.link(to: asked) == nil)
        try await exports.build(try #require(try await site.work().first))

        let ready = try await exports.find(asked.id, of: own)
        #expect(ready.status(at: fixture.time.now) == .ready)
        #expect(ready.archive?.expiresAt == fixture.time.now + .days(7))
        #expect(try await exports.link(to: ready) != nil)
        #expect(try await exports.list(of: own, page: PageRequest()).items == [ready])
        #expect(try await fixture.mails().first { $0.kind == .exportReady }?.values == ["days": "7"])
        #expect(try await fixture.actions(of: user.id).contains("data_export.requested"))

        let files = try await site.files(of: ready)
        #expect(files["account.json"]?.first?["email"] as? String == "ada@example.com")
        #expect(files["sessions.json"]?.first?["ip"] as? String == AccountsFixture.origin.ip)
        #expect(files["audit_log.json"]?.contains { $0["action"] as? String == "session.created" } == true)
        #expect(files["passkeys.json"]?.isEmpty == true)

        fixture.time.advance(by: .days(7))
        #expect(ready.status(at: fixture.time.now) == .expired)
        #expect(try await exports.link(to: ready) == nil)
        fixture.time.advance(by: .seconds(1))
        try await exports.removeOver()
        #expect(try await fixture.store.dataExports.list(of: user.id, page: PageRequest()).items.isEmpty)
        let removal = try #require(
            try await fixture.store.jobs.list(name: ObjectRemoval.jobName, page: PageRequest()).items.first)
        #expect(try (removal.decoded() as ObjectRemoval).key == ready.archive?.key.text)
    }

    @Test func `the picture is in it as it was given, and one that is gone keeps nothing back`() async throws {
        let site = try await Site()
        _ = try await site.fixture.addUser()
        let avatars = Avatars(accounts: site.fixture.accounts, objects: site.objects)
        let picture = Array("GIF89a then whatever".utf8)
        let own = try await site.fixture.signedInPrincipal()
        let user = try await avatars.replace(with: .of(picture), of: own, origin: .none)
        let first = try await site.exports.request(of: own, origin: .none)
        try await site.exports.build(try #require(try await site.work().first))
        let files = try await site.contents(of: try await site.exports.find(first.id, of: own))
        #expect(files.last?.name == "avatar.gif" && files.last?.content == picture)

        try await site.objects.remove(try #require(user.avatarURL.flatMap { AvatarOwner.user(user.id).key(in: $0) }))
        site.fixture.time.advance(by: .seconds(1))
        let second = try await site.exports.request(of: own, origin: .none)
        try await site.exports.build(try #require(try await site.work().first))
        let rest = try await site.contents(of: try await site.exports.find(second.id, of: own))
        #expect(rest.map(\.name) == files.dropLast().map(\.name))
    }

    @Test func `while one is being made it is the one that is answered, whoever asks at once`() async throws {
        let site = try await Site()
        try await site.fixture.addUser()
        let own = try await site.fixture.signedInPrincipal()
        let outcomes = await race(30) { _ in try await site.exports.request(of: own, origin: .none) }
        #expect(Set(outcomes.successes().map(\.id)).count == 1)
        #expect(outcomes.successes().count == 30)
        #expect(try await site.work().count == 1)
    }

    @Test func `there are five at most, and one that was never made makes way`() async throws {
        let site = try await Site()
        try await site.fixture.addUser()
        let own = try await site.fixture.signedInPrincipal()
        for _ in 0..<5 {
            _ = try await site.exports.request(of: own, origin: .none)
            try await site.exports.build(try #require(try await site.work().first))
            site.fixture.time.advance(by: .seconds(1))
        }
        await #expect(throws: AuthError.tooManyExports) { try await site.exports.request(of: own, origin: .none) }

        let other = try await Site()
        try await other.fixture.addUser()
        let person = try await other.fixture.signedInPrincipal()
        let stuck = try await other.exports.request(of: person, origin: .none)
        other.fixture.time.advance(by: .days(1))
        #expect(stuck.status(at: other.fixture.time.now) == .failed)
        let next = try await other.exports.request(of: person, origin: .none)
        #expect(next.id != stuck.id)
    }

    @Test func `work that comes twice makes one archive, and for a purged account none`() async throws {
        let site = try await Site()
        let (fixture, exports) = (site.fixture, site.exports)
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        let asked = try await exports.request(of: own, origin: .none)
        let work = try #require(try await site.work().first)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<5 { group.addTask { try? await exports.build(work) } }
        }
        #expect(try await fixture.mails().count { $0.kind == .exportReady } == 1)
        #expect(site.objects.keys == [try #require(try await exports.find(asked.id, of: own).archive?.key)])

        fixture.time.advance(by: .seconds(1))
        _ = try await exports.request(of: own, origin: .none)
        let late = try #require(try await site.work().first)
        _ = try await fixture.accounts.requestDeletion(of: own, origin: .none)
        fixture.time.advance(by: .days(14))
        try await fixture.accounts.purgeDue()
        try await exports.build(late)
        #expect(site.objects.keys.count == 1)
    }

    @Test func `on the way to deletion it still can be asked for, and another's is not found`() async throws {
        let site = try await Site()
        let (fixture, exports) = (site.fixture, site.exports)
        try await fixture.addUser()
        try await fixture.addUser("grace@example.com")
        let own = try await fixture.signedInPrincipal()
        _ = try await fixture.accounts.requestDeletion(of: own, origin: .none)
        let leaving = try await fixture.signedInPrincipal()
        let asked = try await exports.request(of: leaving, origin: .none)
        let other = try await fixture.signedInPrincipal("grace@example.com")
        await #expect(throws: AuthError.notFound) { try await exports.find(asked.id, of: other) }
        #expect(try await exports.list(of: other, page: PageRequest()).items.isEmpty)
    }

    @Test func `what is long comes in several files, whole and in order`() async throws {
        let numbers = Array(0..<2500)
        let section = ExportSection(
            "numbers",
            pages: { request in
                let start = request.after.map { Int($0.high) } ?? 0
                let items = Array(numbers[start...].prefix(request.limit))
                let end = start + items.count
                let next = Cursor(time: Timestamp(seconds: 0), id: ID<User>(high: UInt64(end), low: 0))
                return Page(items: items, next: end < numbers.count ? next : nil)
            }, as: { [String(repeating: "x", count: 1000), String($0)] })
        let empty = ExportSection("nothing") { [String]() }
        var (archive, largest) = ([UInt8](), 0)
        for try await piece in ExportArchive(sections: [section, empty], at: Timestamp(seconds: 1_767_225_600)) {
            archive += piece
            largest = max(largest, piece.count)
        }
        let files = try TarReader(archive).files
        #expect(files.map(\.name) == ["numbers.json", "numbers-2.json", "numbers-3.json", "nothing.json"])
        #expect(largest < 2 << 20)
        let rows = try files.dropLast().flatMap { file in
            try #require(try JSONSerialization.jsonObject(with: Data(file.content)) as? [[String]])
        }
        #expect(rows.map { $0.last } == numbers.map { String($0) })
    }
}

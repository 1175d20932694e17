import Core
import Crypto
import Fakes
import Persistence
import Testing

@testable import Auth

struct AvatarsTests {
    private static let gif = Array("GIF89a then whatever".utf8)

    private struct Site {
        let fixture: AccountsFixture
        let objects: InMemoryObjectStore
        let avatars: Avatars
        let own: Principal

        init() async throws {
            fixture = try await AccountsFixture()
            objects = InMemoryObjectStore(time: fixture.time.source) { Array(SHA256.hash(data: $0)) }
            avatars = Avatars(accounts: fixture.accounts, objects: objects)
            try await fixture.addUser()
            own = try await fixture.signedInPrincipal()
        }

        func removals() async throws -> [String] {
            try await fixture.store.jobs.list(name: ObjectRemoval.jobName, page: PageRequest()).items
                .map { try ($0.decoded() as ObjectRemoval).key }
        }
    }

    private func bytes(of reading: ObjectReading?) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        if let content = reading?.content { for try await piece in content { bytes += piece } }
        return bytes
    }

    @Test func `a picture is kept under an address of its own, and the one before is removed by a job`() async throws {
        let site = try await Site()
        let first = try await site.avatars.replace(with: .of(Self.gif), of: site.own, origin: .none)
        let parts = try #require(first.avatarURL).split(separator: "/").map(String.init)
        #expect(first.avatarURL?.hasPrefix("https://app.example.com/avatars/\(first.id)/") == true)
        let version = try #require(parts.last)
        #expect(try await site.avatars.info(user: first.id, version: version)?.type.text == "image/gif")
        let reading = try await site.avatars.read(user: first.id, version: version)
        #expect(try await bytes(of: reading) == Self.gif)

        let second = try await site.avatars.replace(with: .of(Self.gif + [1]), of: site.own, origin: .none)
        #expect(second.avatarURL != first.avatarURL)
        #expect(try await site.removals() == ["avatars/\(first.id)/\(version)"])
        let none = try await site.avatars.remove(of: site.own, origin: .none)
        #expect(none.avatarURL == nil)
        #expect(try await site.removals().count == 2)
        #expect(try await site.avatars.remove(of: site.own, origin: .none) == none)
        #expect(try await site.removals().count == 2)
    }

    @Test func `what is no picture or too large is refused, and nothing is kept`() async throws {
        let site = try await Site()
        await #expect(throws: Avatars.Problem.noPicture) {
            try await site.avatars.replace(with: .of(Array("<svg/>".utf8)), of: site.own, origin: .none)
        }
        await #expect(throws: Avatars.Problem.tooLarge) {
            let large = Self.gif + [UInt8](repeating: 0, count: Int(Avatars.largest))
            return try await site.avatars.replace(with: .of(large), of: site.own, origin: .none)
        }
        #expect(site.objects.keys.isEmpty)
    }

    @Test func `a picture that can't be set is not kept`() async throws {
        let site = try await Site()
        let stranger = Principal(
            user: User(
                id: .make(at: site.fixture.time.now, randomness: .system),
                email: AccountsFixture.email("b@example.com"),
                firstName: PersonName(stored: "B"), lastName: PersonName(stored: "C"),
                createdAt: site.fixture.time.now, updatedAt: site.fixture.time.now), credential: site.own.credential)
        await #expect(throws: AuthError.unauthenticated) {
            try await site.avatars.replace(with: .of(Self.gif), of: stranger, origin: .none)
        }
        #expect(site.objects.keys.isEmpty)
    }

    @Test(arguments: ["..", "a b", "../../x", "", "x/y"])
    func `what names no picture finds none`(version: String) async throws {
        let site = try await Site()
        let user = site.own.user.id
        #expect(try await site.avatars.info(user: user, version: version) == nil)
        #expect(try await site.avatars.read(user: user, version: version) == nil)
    }

    @Test func `an address says whose picture it leads to, and no two owners share one`() throws {
        let (user, team) = (ID<User>(high: 1, low: 7), ID<Team>(high: 1, low: 7))
        let (person, group) = (AvatarOwner.user(user), AvatarOwner.team(team))
        #expect(person.key(in: "https://a.example/avatars/\(user)/0b")?.text == "avatars/\(user)/0b")
        let address = "https://a.example/api/v1/teams/\(team)/avatar?version=0b"
        #expect(group.key(in: address)?.text == "team-avatars/\(team)/0b")
        #expect(person.key(in: address) == nil)
        #expect(group.key(in: "https://a.example/avatars/\(team)/0b") == nil)
        for other in ["https://a.example/avatars/\(user)/", "https://a.example/avatars/\(user)/a/b", "0b", ""] {
            #expect(person.key(in: other) == nil, "\(other)")
        }
        #expect(group.key(in: "https://a.example/api/v1/teams/\(ID<Team>(high: 1, low: 8))/avatar?version=0b") == nil)
    }

    @Test func `a picture from elsewhere, or of somebody else, is not ours to remove`() async throws {
        let site = try await Site()
        let id = site.own.user.id
        for address in ["https://elsewhere.example/a.png", "https://app.example.com/avatars/01a2/0b"] {
            try await site.fixture.change(id) { $0.avatarURL = address }
            _ = try await site.avatars.remove(of: site.own, origin: .none)
        }
        #expect(try await site.removals().isEmpty)
    }
}

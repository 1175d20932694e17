import Core
import Testing

struct GrantableResourcesTests {
    @Test func `files are read and written, conversations used`() {
        let standard = GrantableResources.standard
        #expect(standard.types == [.conversation, .file])
        #expect(standard.permissions(on: .file) == [.filesRead, .filesWrite])
        #expect(standard.permissions(on: .conversation) == [.aiUse])
        #expect(standard.permissions(on: ResourceType(rawValue: "board")) == nil)
    }

    @Test func `whoever builds on this names kinds of their own, without what is personal`() {
        let board = ResourceType(rawValue: "board")
        let own = GrantableResources([
            board: [.filesRead, .usersWrite], ResourceType(rawValue: ""): [.filesRead],
            ResourceType(rawValue: String(repeating: "b", count: 41)): [.filesRead],
        ])
        #expect(own.types == [board])
        #expect(own.permissions(on: board) == [.filesRead])
        #expect(own.permissions(on: .file) == nil)
    }
}

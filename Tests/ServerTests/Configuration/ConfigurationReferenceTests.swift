import Foundation
import Testing

@testable import Server

struct ConfigurationReferenceTests {
    @Test func `the documentation says what the table says`() throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/CONFIGURATION.md"), encoding: .utf8)
        #expect(
            text == ConfigurationReference.markdown,
            "run `.build/debug/Server configuration --markdown > docs/CONFIGURATION.md`")
    }

    @Test func `every setting has one row`() {
        let rows = ConfigurationReference.markdown.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count == ConfigurationKey.all.count)
        #expect(rows.allSatisfy { $0.split(separator: "|").count == 5 })
    }
}

import Testing

struct WorkspaceTests {
    @Test(arguments: Check.all)
    func `the files of the package hold to`(check: Check) {
        for finding in SourceTree.files.flatMap(check.scan) {
            Issue.record("\(finding)")
        }
    }

    @Test(arguments: Check.all)
    func `a check finds what breaks its rule and nothing else`(check: Check) {
        #expect(!check.violations.isEmpty)
        for file in check.violations {
            #expect(!check.scan(file).isEmpty, "not found: \(file.text)")
        }
        for file in check.allowed {
            #expect(check.scan(file).isEmpty, "wrongly found: \(file.text)")
        }
    }

    @Test func `no two checks share a name`() {
        #expect(Set(Check.all.map(\.name)).count == Check.all.count)
    }

    @Test func `the whole package is read, and nothing else`() {
        let paths = Set(SourceTree.files.map(\.path))
        #expect(paths.isSuperset(of: ["Package.swift", "Makefile", ".ci/run", "docs/ARCHITECTURE.md"]))
        #expect(paths.contains("Tests/WorkspaceTests/WorkspaceTests.swift"))
        #expect(!paths.contains { $0.hasPrefix(".build") || $0.hasPrefix(".git/") })
    }
}

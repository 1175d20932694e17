import Testing

struct ImportRulesTests {
    /// Rows of the table in docs/ARCHITECTURE.md: target to the modules of ours that it may import.
    private func documented() throws -> [String: Set<String>] {
        let page = try #require(SourceTree.files.first { $0.path == "docs/ARCHITECTURE.md" })
        var rows: [String: Set<String>] = [:]
        for line in page.text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            try #require(cells.count == 5, "\(line)")
            let modules = cells[3].split { $0 == " " || $0 == "," }.map(String.init)
            rows[cells[1].filter { $0.isLetter || $0.isNumber }] = Set(modules)
        }
        return rows
    }

    @Test func `the table in the documentation is the one that is held`() throws {
        let names = Set(ImportRules.targets.map(\.name))
        let held = ImportRules.targets.filter {
            !["CLibPQ", "CArgon2", "CCurl", "CQREncode", "CResolv"].contains($0.name)
        }
        #expect(
            try documented()
                == Dictionary(
                    uniqueKeysWithValues: held.map { target in
                        (target.name, target.modules.map { names.intersection($0) } ?? ["all"])
                    }))
    }

    @Test(arguments: ImportRules.targets)
    func `each target of the table has files`(target: ImportRules.Target) {
        #expect(SourceTree.files.contains { $0.isUnder(target.folder) })
    }
}

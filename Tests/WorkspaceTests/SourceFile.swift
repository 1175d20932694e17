import Foundation

/// One text file of the package, with its Swift tokens where it is Swift.
struct SourceFile: Sendable {
    /// From the package root, with forward slashes: `Sources/Core/Accounts/User.swift`.
    let path: String
    let text: String
    let tokens: [Token]
    let comments: [Comment]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        let swift = path.hasSuffix(".swift") ? SwiftTokens(text) : SwiftTokens("")
        tokens = swift.tokens
        comments = swift.comments
    }

    func isUnder(_ folder: String) -> Bool {
        path.hasPrefix(folder)
    }

    var isSwift: Bool {
        path.hasSuffix(".swift")
    }

    /// Where `pattern` stands as consecutive tokens: indices of its first token.
    func occurrences(of pattern: [String]) -> [Int] {
        guard let first = pattern.first, tokens.count >= pattern.count else { return [] }
        return (0...tokens.count - pattern.count).filter { start in
            tokens[start].text == first
                && pattern.indices.allSatisfy { tokens[start + $0].text == pattern[$0] }
        }
    }

    /// The text of the token at `index`, or "" beyond either end.
    func word(at index: Int) -> String {
        tokens.indices.contains(index) ? tokens[index].text : ""
    }
}

/// The files of the package as they lie on disk.
enum SourceTree {
    /// Tests/WorkspaceTests/SourceFile.swift is three levels below the package.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every text file that belongs to the package: what is built, fetched or kept by a running server is left out.
    static let files: [SourceFile] = read()

    private static let largestFile = 2 * 1024 * 1024  // bytes

    private static func read() -> [SourceFile] {
        let keys: Set<URLResourceKey> = [.isRegularFileKey, .isDirectoryKey, .fileSizeKey]
        guard let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: Array(keys)) else {
            return []
        }
        let prefix = root.standardizedFileURL.path(percentEncoded: false)
        var files: [SourceFile] = []
        for case let url as URL in walk {
            guard let values = try? url.resourceValues(forKeys: keys) else { continue }
            if values.isDirectory == true {
                if isForeign(folder: url.lastPathComponent) { walk.skipDescendants() }
                continue
            }
            guard values.isRegularFile == true, values.fileSize ?? 0 <= largestFile,
                let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8)
            else { continue }
            let path = url.standardizedFileURL.path(percentEncoded: false).dropFirst(prefix.count)
            files.append(SourceFile(path: String(path.drop { $0 == "/" }), text: text))
        }
        return files.sorted { $0.path < $1.path }
    }

    /// The folders of .gitignore, and git's own.
    private static func isForeign(folder: String) -> Bool {
        [".git", ".plinth", ".swiftpm", "node_modules", "__pycache__"].contains(folder)
            || [".build", ".venv"].contains { folder.hasPrefix($0) } || folder.hasSuffix(".xcodeproj")
    }
}

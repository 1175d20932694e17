import Testing

/// A rule of the workspace that reading one file can show to be broken.
struct Check: Sendable, CustomTestStringConvertible {
    /// The rule as a sentence.
    let name: String
    /// Files that break the rule: each must be found. A check without any is not accepted.
    let violations: [SourceFile]
    /// Files close to breaking it that do not.
    let allowed: [SourceFile]
    let scan: @Sendable (SourceFile) -> [Finding]

    init(
        _ name: String,
        violations: [SourceFile],
        allowed: [SourceFile] = [],
        scan: @escaping @Sendable (SourceFile) -> [Finding]
    ) {
        self.name = name
        self.violations = violations
        self.allowed = allowed
        self.scan = scan
    }

    var testDescription: String {
        name
    }

    static let all: [Check] =
        [imports, length, uncheckedConcurrency, droppedTasks, unseededRandomness, machinePaths, wholeMoney]
        + bannedCalls.map(\.check) + testHygiene
}

/// A place where a rule is broken.
struct Finding: CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    init(_ file: SourceFile, line: Int, _ message: String) {
        path = file.path
        self.line = line
        self.message = message
    }

    var description: String {
        "\(path):\(line): \(message)"
    }
}

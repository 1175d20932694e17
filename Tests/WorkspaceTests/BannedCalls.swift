/// A call that has no place outside its homes, told by its tokens.
struct BannedCall: Sendable {
    /// Any of these, each a sequence of tokens separated by blanks.
    let patterns: [String]
    /// The folder it is banned in.
    let folder: String
    /// Folders or files below `folder` where it may stand.
    let homes: [String]
    /// Longer sequences that begin with a banned one and are fine.
    let fine: [String]
    let instead: String

    init(
        _ patterns: String..., in folder: String = "Sources/", homes: [String] = [], fine: [String] = [],
        instead: String
    ) {
        self.patterns = patterns
        self.folder = folder
        self.homes = homes
        self.fine = fine
        self.instead = instead
    }

    /// A method of the same name on some value (`.print(`), or its declaration, is not the call.
    private static func isOther(_ file: SourceFile, _ index: Int) -> Bool {
        let before = file.word(at: index - 1)
        return before == "func"
            || (before == "." && !["Swift", "Foundation", "Glibc"].contains(file.word(at: index - 2)))
    }

    private static func tokens(_ pattern: String) -> [String] {
        pattern.split(separator: " ").map(String.init)
    }

    private func findings(in file: SourceFile) -> [Finding] {
        guard file.isSwift, file.isUnder(folder), !homes.contains(where: file.isUnder) else { return [] }
        let fine = Set(fine.flatMap { file.occurrences(of: Self.tokens($0)) })
        return patterns.flatMap { pattern in
            file.occurrences(of: Self.tokens(pattern))
                .filter { !fine.contains($0) && !Self.isOther(file, $0) }
                .map { Finding(file, line: file.tokens[$0].line, "`\(pattern)`: \(instead)") }
        }
    }

    var check: Check {
        let path = folder + "Sample/Sample.swift"
        return Check(
            "no \(patterns[0]) in \(folder)",
            violations: patterns.map { .sample("let a = \($0)", at: path) },
            allowed: fine.map { .sample("let a = \($0)", at: path) }
                + patterns.flatMap { pattern in
                    [.sample("// \(pattern)\nlet a = \"\(pattern)\"", at: path)]
                        + homes.map { .sample("let a = \(pattern)", at: $0.hasSuffix("/") ? $0 + "Sample.swift" : $0) }
                }
        ) { findings(in: $0) }
    }
}

extension Check {
    static let bannedCalls: [BannedCall] = [
        BannedCall("Date ( )", "Date . now", "Date . init ( )", instead: "take the time from a TimeSource"),
        BannedCall("UUID ( )", "UUID . init ( )", instead: "make ids from Randomness and a TimeSource"),
        BannedCall(
            "SystemRandomNumberGenerator",
            homes: ["Sources/Core/Foundation/Randomness.swift", "Sources/Persistence/PostgresClient/"],
            instead: "take random bits from Randomness"),
        BannedCall(
            "print (", "debugPrint (", "dump (", homes: ["Sources/Server/", "Sources/Benchmarks/"],
            instead: "log, or return what a command prints"),
        BannedCall("try !", instead: "a trap is a remote crash: throw"),
        BannedCall("as !", instead: "a trap is a remote crash: cast with `as?`"),
        BannedCall(
            "fatalError (", "preconditionFailure (", instead: "a trap is a remote crash: throw, or make it impossible"),
        BannedCall(
            "ProcessInfo", "getenv (", "setenv (", "unsetenv (", "environ", homes: ["Sources/Server/"],
            fine: ["ProcessInfo . processInfo . activeProcessorCount"],
            instead: "the environment is read in Server, which hands on values"),
        BannedCall(
            "Task . sleep", "Thread . sleep", "ContinuousClock ( ) . sleep", "sleep (", "usleep (", "nanosleep (",
            in: "Tests/",
            instead: "wait for the thing itself, or move an injected clock"),
    ]
}

extension Check {
    static let droppedTasks = Check(
        "no task is started and forgotten in Sources",
        violations: [
            .sample("func a() { Task { } }"),
            .sample("a()\nTask(priority: .low) { }"),
            .sample("_ = Task { }"),
            .sample("a { Task.detached { } }"),
            .sample("Task<Void, Never> { }"),
        ],
        allowed: [
            .sample("let task = Task { }"),
            .sample("return Task { }"),
            .sample("try await Task { }.value"),
            .sample("tasks.append(Task { })"),
            .sample("var task: Task<Void, Never>?\nTask.isCancelled"),
            .sample("Task { }", at: "Tests/CoreTests/Sample.swift"),
        ]
    ) { file in
        guard file.isSwift, file.isUnder("Sources/") else { return [] }
        return file.occurrences(of: ["Task"])
            .filter { startsTask(file, at: $0) && !isKept(file, at: $0) }
            .map { Finding(file, line: file.tokens[$0].line, "let a service run it, or keep the task and cancel it") }
    }

    private static func startsTask(_ file: SourceFile, at index: Int) -> Bool {
        switch file.word(at: index + 1) {
        case "{", "(": true
        case ".": file.word(at: index + 2) == "detached"
        case "<":
            file.tokens[index...].prefix(20).drop { $0.text != ">" }.dropFirst().first.map { $0.text == "{" } ?? false
        default: false
        }
    }

    /// Its value goes somewhere: it is assigned, returned, passed on or awaited.
    private static func isKept(_ file: SourceFile, at index: Int) -> Bool {
        let before = file.word(at: index - 1)
        if before == "=" { return file.word(at: index - 2) != "_" }
        return ["(", "[", ",", ":", "return", "await", "?"].contains(before)
    }

    static let unseededRandomness = Check(
        "chance comes from the injected Randomness",
        violations: [
            .sample("let a = Int.random(in: 0..<3)"),
            .sample("let a = list.randomElement()"),
            .sample("let a = list.shuffled()"),
            .sample("list.shuffle()"),
        ],
        allowed: [
            .sample("let a = Int.random(in: f(0)..<3, using: &generator)"),
            .sample("let a = list.shuffled(using: &generator)"),
            .sample("func random(_ count: Int) {}"),
            .sample("let jitter = Double.random(in: 0..<1)", at: "Sources/Persistence/PostgresClient/Sample.swift"),
        ]
    ) { file in
        // PostgresClient stands on its own, without Core.
        guard file.isSwift, file.isUnder("Sources/"), !file.isUnder("Sources/Persistence/PostgresClient/") else {
            return []
        }
        return ["random", "randomElement", "shuffled", "shuffle"]
            .flatMap { file.occurrences(of: [".", $0, "("]) }
            .filter { !file.arguments(from: $0 + 2).contains("using") }
            .map { Finding(file, line: file.tokens[$0].line, "give it a generator: `using:`") }
    }

    static let uncheckedConcurrency = Check(
        "what the compiler does not check about concurrency says why it holds",
        violations: [
            .sample("final class A: @unchecked Sendable {}"),
            .sample("/// A connection.\nfinal class A: @unchecked Sendable {}"),
            .sample("// The lock guards it.\n\nfinal class A: @unchecked Sendable {}"),
            .sample("nonisolated(unsafe) var a = 1"),
        ],
        allowed: [
            .sample(
                "/// A connection.\n// Unchecked: the I/O thread alone touches it.\nclass A: @unchecked Sendable {}"),
            .sample("/// A, confined to its event loop.\n/// Closed once.\nclass A: @unchecked Sendable {}"),
            .sample("nonisolated(unsafe) let a = b  // immutable after start"),
        ]
    ) { file in
        guard file.isSwift, file.isUnder("Sources/") else { return [] }
        return
            (file.occurrences(of: ["@", "unchecked", "Sendable"])
            + file.occurrences(of: ["nonisolated", "(", "unsafe", ")"]))
            .map { file.tokens[$0].line }
            .filter { !givesReason(file.comment(at: $0)) }
            .map { Finding(file, line: $0, "say in a comment on this line or directly above why it is safe") }
    }

    private static func givesReason(_ comment: String) -> Bool {
        let words = [
            "unchecked", "sendable", "safe", "thread", "lock", "mutex", "event loop", "confined", "guard", "immutable",
            "isolat", "atomic", "synchron",
        ]
        let comment = comment.lowercased()
        return words.contains { comment.contains($0) }
    }
}

extension SourceFile {
    /// The words between the parenthesis at `open` and its partner.
    fileprivate func arguments(from open: Int) -> Set<String> {
        var depth = 0
        var words: Set<String> = []
        for token in tokens[open...] {
            if token.text == "(" { depth += 1 }
            if token.text == ")" { depth -= 1 }
            if depth == 0 { break }
            words.insert(token.text)
        }
        return words
    }

    /// The comments on `line` and in the unbroken run of comment lines directly above it.
    fileprivate func comment(at line: Int) -> String {
        var first = line
        for comment in comments.reversed() where comment.lastLine >= first - 1 && comment.lastLine < first {
            first = comment.firstLine
        }
        return comments.filter { (first...line).contains($0.firstLine) }.map(\.text).joined(separator: "\n")
    }
}

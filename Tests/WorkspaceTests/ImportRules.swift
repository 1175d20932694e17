import Testing

/// Who may import whom (docs/ARCHITECTURE.md): the only place that says it.
enum ImportRules {
    /// A target in Sources and all it may import; `nil` for the one that composes everything.
    struct Target: Sendable, CustomTestStringConvertible {
        let name: String
        let folder: String
        let modules: [String]?

        init(_ name: String, in folder: String? = nil, may modules: [String]?) {
            self.name = name
            self.folder = (folder ?? "Sources/\(name)") + "/"
            self.modules = modules
        }

        var testDescription: String {
            name
        }
    }

    /// `X*` allows every module whose name begins with X. A C shim has no Swift files and imports nothing.
    static let targets: [Target] = [
        Target("Core", may: ["Foundation", "Synchronization"] + platform),
        Target("Persistence", in: "Sources/Persistence/Repositories", may: ["Core", "Synchronization"]),
        Target(
            "PersistenceInMemory", in: "Sources/Persistence/InMemory",
            may: ["Core", "Persistence", "Foundation", "Synchronization"]),
        Target(
            "PersistencePostgreSQL", in: "Sources/Persistence/PostgreSQL",
            may: ["Core", "Persistence", "PostgresClient", "Crypto", "Foundation", "Logging", "Synchronization"]),
        Target(
            "PostgresClient", in: "Sources/Persistence/PostgresClient",
            may: [
                "CLibPQ", "Foundation", "Logging", "Metrics", "ServiceLifecycle", "Subprocess", "Synchronization",
                "System", "SystemPackage",
            ] + platform),
        Target("CLibPQ", in: "Sources/Persistence/CLibPQ", may: []),
        Target("CArgon2", may: []),
        Target(
            "Auth",
            may: [
                "Core", "Persistence", "CArgon2", "Crypto", "CryptoExtras", "Foundation", "Logging", "Metrics",
                "Synchronization",
            ] + platform),
        Target(
            "Jobs",
            may: ["Core", "Persistence", "Foundation", "Logging", "Metrics", "ServiceLifecycle", "Synchronization"]),
        Target("Mail", may: ["Core", "Persistence", "Jobs", "Foundation", "Logging", "Mustache"]),
        Target("Notifications", may: ["Core", "Persistence"]),
        Target("Flags", may: ["Core", "Persistence", "Synchronization"]),
        Target("Teams", may: ["Auth", "Core", "Persistence"]),
        Target("Billing", may: ["Core"]),
        Target("Webhooks", may: ["Core", "Persistence", "Jobs", "Crypto", "Foundation"]),
        Target("QRCodes", may: ["CQREncode"]),
        Target("CQREncode", may: []),
        Target(
            "Integrations",
            may: [
                "Core", "Auth", "Billing", "CCurl", "CResolv", "AsyncHTTPClient", "Crypto", "Dispatch", "Foundation",
                "Logging", "NIOCore", "NIOHTTP1", "NIOPosix", "Synchronization", "Yams",
            ]),
        Target("CCurl", may: []),
        Target("CResolv", may: []),
        Target("API", may: ["Core", "Foundation"]),
        Target(
            "HTTPServer",
            may: [
                "Core", "Persistence", "Auth", "Flags", "Jobs", "Mail", "Notifications", "QRCodes", "Teams", "Webhooks",
                "API",
                "Hummingbird*", "NIO*", "HTTPTypes", "Crypto",
                "Foundation", "Logging", "Metrics", "ServiceLifecycle", "Synchronization", "Tracing",
            ] + platform),
        Target("Fakes", may: ["Core", "Synchronization"]),
        Target("Server", may: nil),
        Target(
            "Benchmarks",
            may: [
                "Auth", "CArgon2", "Core", "Jobs", "Persistence", "PersistencePostgreSQL", "PostgresClient",
                "ArgumentParser", "AsyncHTTPClient", "Foundation", "Hummingbird", "Logging", "NIOCore", "NIOHTTP1",
                "ServiceLifecycle", "Synchronization",
            ]),
    ]

    /// Modules that have a home, which holds for the target that may import everything else too.
    static let homes: [String: [String]] = [
        "CLibPQ": ["PostgresClient"], "CArgon2": ["Auth", "Benchmarks"], "CCurl": ["Integrations"],
        "CResolv": ["Integrations"],
        "CQREncode": ["QRCodes"], "Hummingbird*": ["HTTPServer", "Benchmarks"],
    ]

    /// Test frameworks, which no target in Sources imports: fakes serve embedders that have another one.
    static let testFrameworks = ["Testing", "XCTest", "HummingbirdTesting"]

    /// What comes with the platform, for the targets that touch clocks, threads or socket addresses themselves.
    private static let platform = ["Darwin", "Dispatch", "Glibc", "Musl"]

    static func target(of file: SourceFile) -> Target? {
        targets.first { file.isUnder($0.folder) }
    }

    static func refusal(of module: String, in target: Target) -> String? {
        if testFrameworks.contains(module) {
            return "test frameworks are imported in Tests only"
        }
        if let home = homes.first(where: { matches(module, $0.key) })?.value, !home.contains(target.name) {
            return "only \(home[0]) imports \(module)"
        }
        if module == "Server" {
            return "nothing imports Server"
        }
        guard let modules = target.modules, !modules.contains(where: { matches(module, $0) }) else { return nil }
        return "\(target.name) may not import \(module)"
    }

    private static func matches(_ module: String, _ pattern: String) -> Bool {
        pattern.hasSuffix("*") ? module.hasPrefix(pattern.dropLast()) : module == pattern
    }
}

extension SourceFile {
    /// The modules imported here, of `import struct A.B` the `A`.
    var imports: [(module: String, line: Int, isTestable: Bool)] {
        let kinds: Set = ["actor", "class", "enum", "func", "let", "macro", "protocol", "struct", "typealias", "var"]
        return occurrences(of: ["import"]).map { index in
            let named = kinds.contains(word(at: index + 1)) ? index + 2 : index + 1
            return (word(at: named), tokens[index].line, word(at: index - 1) == "testable")
        }
    }
}

extension Check {
    static let imports = Check(
        "each target imports only what the table allows",
        violations: [
            .sample("import Foundation", at: "Sources/Persistence/Repositories/Sample.swift"),
            .sample("public import Hummingbird", at: "Sources/Server/Sample.swift"),
            .sample("import HummingbirdCore", at: "Sources/Auth/Sample.swift"),
            .sample("import PostgresClient", at: "Sources/HTTPServer/Sample.swift"),
            .sample("import CLibPQ", at: "Sources/Persistence/PostgreSQL/Sample.swift"),
            .sample("import CArgon2", at: "Sources/Server/Sample.swift"),
            .sample("import Core", at: "Sources/Persistence/PostgresClient/Sample.swift"),
            .sample("import struct Auth.Password", at: "Sources/API/Sample.swift"),
            .sample("import Testing", at: "Sources/Fakes/Sample.swift"),
            .sample("@testable import Core", at: "Sources/Auth/Sample.swift"),
            .sample("import Server", at: "Sources/HTTPServer/Sample.swift"),
            .sample("let a = 1", at: "Sources/Unheard/Sample.swift"),
            .sample("let a = 1", at: "Sources/Persistence/Sample.swift"),
        ],
        allowed: [
            .sample("// import Hummingbird\nimport Crypto", at: "Sources/Auth/Sample.swift"),
            .sample("package import NIOCore\nimport Hummingbird", at: "Sources/HTTPServer/Sample.swift"),
            .sample("import CLibPQ", at: "Sources/Persistence/PostgresClient/Sample.swift"),
            .sample("import PersistencePostgreSQL", at: "Sources/Server/Sample.swift"),
            .sample("@testable import Core", at: "Tests/CoreTests/Sample.swift"),
        ]
    ) { file in
        guard file.isSwift, file.isUnder("Sources/") else { return [] }
        guard let target = ImportRules.target(of: file) else {
            return [Finding(file, line: 1, "this folder is not in the import table (ImportRules.swift)")]
        }
        return file.imports.compactMap { imported in
            if imported.isTestable {
                return Finding(file, line: imported.line, "@testable belongs in Tests")
            }
            return ImportRules.refusal(of: imported.module, in: target)
                .map { Finding(file, line: imported.line, $0) }
        }
    }
}

extension SourceFile {
    static func sample(_ text: String, at path: String = "Sources/Core/Sample.swift") -> SourceFile {
        SourceFile(path: path, text: text)
    }
}

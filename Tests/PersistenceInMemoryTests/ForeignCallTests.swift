import Foundation
import PersistenceContracts
import Testing

/// Every function of every repository in `Store` is called in the wrong scope, or is said to need no such call.
struct ForeignCallTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/Persistence/Repositories")

    @Test func `every function of every repository is called in the wrong scope`() throws {
        let functions = try Self.functions()
        #expect(functions.count > 100, "the protocols are not read as they are written")
        let (called, others) = (
            Set(ForeignCall.all.map(\.name)), Set(ForeignCall.others.values.flatMap(\.self))
        )
        #expect(functions.subtracting(called).subtracting(others).sorted() == [], "not called")
        #expect(called.union(others).subtracting(functions).sorted() == [], "there is no such function")
        #expect(called.intersection(others).sorted() == [], "called after all")
    }

    @Test func `a function is told by its labels`() {
        let text = """
            public protocol A: Sendable {
                func find(
                    _ id: ID<A>, in team: ID<B>, by f: (Int, Int) -> [C: D]
                ) async throws -> A?
                func all() async
            }
            extension A {
                func other() {}
            }
            """
        #expect(Self.functions(of: "A", in: text) == ["find(_:in:by:)", "all()"])
    }

    /// As the store has them, such as `users.find(_:)`.
    private static func functions() throws -> Set<String> {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let text = try files.filter { $0.pathExtension == "swift" }
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
        return Set(
            text.matches(of: /var ([a-zA-Z]+): any ([A-Za-z]+) \{ get \}/).flatMap { match in
                functions(of: match.2, in: text).map { "\(match.1).\($0)" }
            })
    }

    private static func functions(of name: Substring, in text: String) -> [String] {
        guard let start = text.firstRange(of: "public protocol \(name):")?.upperBound else { return [] }
        let body = text[start...].prefix(upTo: text[start...].firstRange(of: "\n}")?.lowerBound ?? text.endIndex)
        return body.matches(of: /\n +func ([a-zA-Z]+)\(/).map { match in
            "\(match.1)(\(labels(in: body[match.range.upperBound...]).map { "\($0):" }.joined()))"
        }
    }

    /// The labels of parameters up to the parenthesis that closes them.
    private static func labels(in text: Substring) -> [String] {
        var (depth, parameters, current) = (0, [String](), "")
        for character in text.replacing("->", with: "") {
            if character == ")" && depth == 0 { break }
            if "([<".contains(character) { depth += 1 }
            if ")]>".contains(character) { depth -= 1 }
            if character == "," && depth == 0 {
                parameters.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        return (parameters + [current]).compactMap { parameter in
            parameter.split(whereSeparator: { $0.isWhitespace || $0 == ":" }).first.map(String.init)
        }
    }
}

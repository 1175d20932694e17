import PostgresClient
import Testing

extension PostgresError {
    /// What kind of error it is, for comparison in tests.
    var kind: String {
        switch self {
        case .server(let error): error.sqlState
        default: "\(self)"
        }
    }
}

/// Runs `body` and tells the kind of ``PostgresError`` it ended in; "none" when it returned.
func kindOfError(_ body: () async throws -> some Any) async -> String {
    do {
        _ = try await body()
        return "none"
    } catch let error as PostgresError {
        return error.kind
    } catch {
        return "other: \(error)"
    }
}

/// Compares outside the macro, whose expansion loses `throws` in a closure that handles some errors itself.
func expectEqual<Value: Equatable>(
    _ found: @autoclosure () async throws -> Value, _ wanted: Value, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let value = try await found()
    #expect(value == wanted, sourceLocation: sourceLocation)
}

import Foundation
import ProcessSupport

/// A run of the server, or of another executable that was built with the tests.
typealias ServerProgram = RunningProgram

extension ServerProgram {
    /// - Parameters:
    ///   - program: Which of the executables.
    ///   - directory: The working directory.
    ///   - environment: All variables but PATH and HOME.
    ///   - input: What is to be read on standard input.
    convenience init(
        _ arguments: [String], of program: String = "Server", in directory: String,
        environment: [String: String] = [:], input: String? = nil
    ) throws {
        try self.init(
            Self.built(program), arguments, in: directory, environment: environment, input: input)
    }

    /// Runs it to its end.
    static func run(
        _ arguments: [String], of program: String = "Server", in directory: String,
        environment: [String: String] = [:], input: String? = nil
    ) async throws -> (status: Int32, output: String) {
        let program = try ServerProgram(
            arguments, of: program, in: directory, environment: environment, input: input)
        let status = await program.exitStatus
        return (status, await program.output.whole())
    }

    /// The port it listens on.
    /// - Throws: ``NotRunning`` when it ended instead.
    var port: Int {
        get async throws {
            let prefix = "  listening "
            guard await output.contains("Stop with Ctrl-C."),
                let line = await output.soFar.split(separator: "\n").first(where: { $0.hasPrefix(prefix) }),
                let port = line.split(separator: " ").last.flatMap({ Int($0) })
            else { throw NotRunning(output: await output.whole()) }
            return port
        }
    }
}

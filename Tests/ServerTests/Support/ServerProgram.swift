import Foundation
import Synchronization

/// A run of a built executable.
final class ServerProgram: Sendable {
    struct NotRunning: Error {
        let output: String
    }

    let output: ProgramOutput
    let identifier: Int32
    private let status: Task<Int32, Never>

    /// - Parameters:
    ///   - program: Which of the executables that were built with the tests.
    ///   - directory: The working directory.
    ///   - environment: All variables but PATH and HOME.
    ///   - input: What is to be read on standard input.
    init(
        _ arguments: [String], of program: String = "Server", in directory: String,
        environment: [String: String] = [:], input: String? = nil
    ) throws {
        let process = Process()
        process.executableURL = try Self.executable(program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        let own = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "LD_LIBRARY_PATH"].contains($0.key) }
        process.environment = own.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        let inputPipe = Pipe()
        process.standardInput = inputPipe
        let (statuses, ended) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { process in
            // As a shell does, so that a signal is no success.
            ended.yield(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
            ended.finish()
        }
        try process.run()
        identifier = process.processIdentifier
        if let input { try? inputPipe.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
        try? inputPipe.fileHandleForWriting.close()
        output = ProgramOutput(pipe.fileHandleForReading)
        status = Task { await statuses.first { _ in true } ?? -1 }
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

    /// The exit status; negative for the signal that ended it.
    var exitStatus: Int32 {
        get async { await status.value }
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

    func send(_ signal: Int32) {
        kill(identifier, signal)
    }

    /// Ends it as an operator would.
    @discardableResult
    func stop() async -> Int32 {
        send(SIGTERM)
        return await exitStatus
    }

    private static func executable(_ name: String) throws -> URL {
        #if os(Linux)
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #else
            let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundlePath ?? ""
        #endif
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent(name)
    }
}

/// What a program has written so far, and who waits for more of it.
final class ProgramOutput: Sendable {
    private struct Waiter {
        let text: String?
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var bytes: [UInt8] = []
        var isAtEnd = false
        var waiters: [Waiter] = []

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// Whether what is waited for is there, or will never be; nil while it may come.
        func answer(_ text: String?) -> Bool? {
            if let text, self.text.contains(text) { return true }
            return isAtEnd ? text == nil : nil
        }
    }

    private let state = Mutex(State())

    init(_ handle: FileHandle) {
        let thread = Thread { [self] in
            while case let data = handle.availableData, !data.isEmpty { change { $0.bytes += data } }
            change { $0.isAtEnd = true }
        }
        thread.start()
    }

    var soFar: String {
        get async { state.withLock { $0.text } }
    }

    /// Waits until the text has been written; false when the program ended without.
    func contains(_ text: String) async -> Bool { await wait(for: text) }

    /// All of it, once the program and its children have ended.
    func whole() async -> String {
        _ = await wait(for: nil)
        return await soFar
    }

    private func wait(for text: String?) async -> Bool {
        await withCheckedContinuation { continuation in
            let answer: Bool? = state.withLock { state in
                let answer = state.answer(text)
                if answer == nil { state.waiters.append(Waiter(text: text, continuation: continuation)) }
                return answer
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func change(_ edit: (inout State) -> Void) {
        let due: [(Waiter, Bool)] = state.withLock { state in
            edit(&state)
            let answers = state.waiters.map { ($0, state.answer($0.text)) }
            state.waiters = answers.filter { $0.1 == nil }.map(\.0)
            return answers.compactMap { waiter, answer in answer.map { (waiter, $0) } }
        }
        for (waiter, answer) in due { waiter.continuation.resume(returning: answer) }
    }
}

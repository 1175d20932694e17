package import Foundation
import Synchronization

/// A run of a program.
package final class RunningProgram: Sendable {
    package struct NotRunning: Error {
        package let output: String

        package init(output: String) {
            self.output = output
        }
    }

    package let output: ProgramOutput
    package let identifier: Int32
    private let status: Task<Int32, Never>

    /// - Parameters:
    ///   - executable: Where it is.
    ///   - directory: The working directory.
    ///   - environment: All variables but PATH and HOME.
    ///   - input: What is to be read on standard input.
    package init(
        _ executable: URL, _ arguments: [String], in directory: String, environment: [String: String] = [:],
        input: String? = nil
    ) throws {
        let process = Process()
        process.executableURL = executable
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

    /// The exit status; negative for the signal that ended it.
    package var exitStatus: Int32 {
        get async { await status.value }
    }

    package func send(_ signal: Int32) {
        kill(identifier, signal)
    }

    /// Ends it as an operator would.
    @discardableResult
    package func stop() async -> Int32 {
        send(SIGTERM)
        return await exitStatus
    }

    /// Where an executable is that was built with the tests.
    package static func built(_ name: String) throws -> URL {
        #if os(Linux)
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #else
            let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundlePath ?? ""
        #endif
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent(name)
    }
}

/// What a program has written so far, and who waits for more of it.
package final class ProgramOutput: Sendable {
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

    package var soFar: String {
        get async { state.withLock { $0.text } }
    }

    /// Waits until the text has been written; false when the program ended without.
    package func contains(_ text: String) async -> Bool { await wait(for: text) }

    /// All of it, once the program and its children have ended.
    package func whole() async -> String {
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

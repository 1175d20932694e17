import Foundation

/// A ``SoakWorker`` at work.
struct SoakProcess {
    private let process = Process()
    private let input = Pipe()

    init(database: String, lease: Int) throws {
        process.executableURL = Bundle.main.executableURL
        process.arguments = ["soak-worker", "--database", database, "--lease", "\(lease)"]
        process.standardInput = input
        try process.run()
    }

    /// At once and for good, with no chance to tidy up.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

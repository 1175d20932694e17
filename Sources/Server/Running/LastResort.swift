import Foundation

/// Ends the process, whatever hangs.
enum LastResort {
    /// From the signal: the promise is 25 s.
    private static let limitSeconds = 24.5

    /// A private PostgreSQL that was not stopped in time goes on by itself, and the next start adopts it.
    static func begin() {
        let thread = Thread {
            Thread.sleep(forTimeInterval: limitSeconds)
            exit()
        }
        thread.name = "last-resort"
        thread.start()
    }

    /// Ends the process with status 0 and runs nothing that could hang.
    static func exit() {
        _exit(0)
    }
}

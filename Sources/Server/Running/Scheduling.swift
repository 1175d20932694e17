import Foundation

/// How the system shares its processors among the threads of this process.
enum Scheduling {
    /// `SCHED_BATCH` of Linux (sched(7)), which Glibc's module does not export.
    private static let batch: Int32 = 3

    /// Lets a thread that wakes another finish its round first, where both want the same processor (Linux, `SCHED_BATCH`).
    ///
    /// A request goes from the event loop to the thread that talks to PostgreSQL and back. Where each wake-up takes the
    /// processor away at once, every statement is sent alone; otherwise those of a round go together. On one processor
    /// that was worth a fifth more requests a second. To be called before other threads run: they inherit it.
    static func preferThroughput() {
        #if os(Linux)
            var parameter = sched_param()
            // A refusal leaves everything as it was.
            sched_setscheduler(0, batch, &parameter)
        #endif
    }
}

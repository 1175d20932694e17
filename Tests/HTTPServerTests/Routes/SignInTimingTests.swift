import Core
import Dispatch
import Fakes
import Foundation
import HTTPTypes
import Testing

@testable import Auth
@testable import HTTPServer

/// That an address has an account shows neither in what is answered nor in when.
struct SignInTimingTests {
    private static let pairs = 1_000
    /// Above it two samples are taken to differ (Goodwill et al., "A testing methodology for side-channel resistance
    /// validation", 2011).
    private static let threshold = 4.5

    @Test(.timeLimit(.minutes(3)))
    func `a thousand tries each of a known and an unknown address take as long, and are answered alike`() async throws {
        // Argon2id with next to no memory: what is to be seen is everything around it, and that it runs at all.
        let passwords = Passwords(
            parameters: PasswordHasher.Parameters(stored: 8, 1, 1), pool: HashingPool(threads: 1, cost: .zero),
            randomness: .system)
        let installation = try await TestInstallation(passwords: passwords) { $0.requiresVerifiedEmail = false }
        let api = try TestAPI(installation)
        _ = try await api.register("known@example.com")
        var samples: [[Double]] = [[], []]
        var answers: Set<String> = []
        // On a thread of its own: other tests' work between two looks at the clock would be most of what is measured.
        try await withTaskExecutorPreference(OwnThread()) {
            for round in 0..<Self.pairs {
                // Nothing is counted from one round to the next; the order is not always the same.
                api.time.advance(by: .days(2))
                for turn in 0..<2 {
                    let isUnknown = (round + turn).isMultiple(of: 2)
                    let body = TestAPI.credentials(
                        isUnknown ? "nobody@example.com" : "known@example.com", password: "wrong horse battery")
                    let clock = ContinuousClock()
                    let start = clock.now
                    let answer = try await api.send(.post, "/api/v1/auth/login", body)
                    samples[isUnknown ? 1 : 0].append((clock.now - start) / .microseconds(1))
                    answers.insert(answer.comparable)
                }
            }
        }
        #expect(answers.count == 1)
        #expect(answers.first?.hasPrefix("401\n") == true)
        let t = Self.welch(samples[0], samples[1])
        #expect(abs(t) < Self.threshold, "t = \(t)")
    }

    @Test func `samples that differ are told apart`() {
        let samples = [0.0, 1.0].map { shift in (0..<Self.pairs).map { Double($0 % 10) + shift } }
        #expect(abs(Self.welch(samples[0], samples[1])) > Self.threshold)
        #expect(Self.welch(samples[0], samples[0]) == 0)
    }

    /// Welch's t of two samples.
    private static func welch(_ first: [Double], _ second: [Double]) -> Double {
        func moments(_ sample: [Double]) -> (mean: Double, error: Double) {
            let count = Double(sample.count)
            let mean = sample.reduce(0, +) / count
            let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
            return (mean, variance / count)
        }
        let (one, other) = (moments(first), moments(second))
        return (one.mean - other.mean) / (one.error + other.error).squareRoot()
    }
}

/// Runs a task's work apart from the threads that all other tasks of the process share.
private final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "timing")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

import ArgumentParser
import Foundation

/// Signs people in who give the right password, each from an address of its own and on a device that is not known, which
/// is the most that a sign-in has to do.
///
/// With `--rate` at even intervals, whether or not answers come, and times are counted from when a request was due: a
/// server that stands still makes no pause in what is asked of it, and hides none. Without, by callers that ask again as
/// soon as they are answered.
struct Logins: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints, of sign-ins: successes per second, successes, refusals, others, median and longest.",
        discussion: """
            A refusal is 503 with Retry-After. Times are milliseconds: the median of the successes, the longest of all. \
            What the others were goes to standard error.
            """)

    /// Accounts come from addresses of one block of 256.
    private static let mostAccounts = 254

    @Option(help: "The endpoint.") var url: String
    @Option(help: "Accounts that are there: login-1@example.com, login-2@example.com and so on.") var accounts = 32
    @Option(help: "Their password.") var password: String
    @Option(help: "Seconds in which to ask.") var seconds = 5
    @Option(help: "Requests a second, at even intervals.") var rate: Double?
    @Option(help: "Callers, where there is no rate.") var atOnce = 4

    func validate() throws {
        guard (1...Self.mostAccounts).contains(accounts), seconds > 0, rate ?? 1 > 0, atOnce > 0 else {
            throw ValidationError("All must be more than 0, and --accounts \(Self.mostAccounts) at most.")
        }
    }

    func run() async throws {
        let client = LoginClient(url: url, accounts: accounts, password: password)
        let answers: [LoginAnswer]
        if let rate {
            answers = await ask(client, rate: rate)
        } else {
            answers = await ask(client, atOnce: atOnce)
        }
        await client.shutdown()
        let report = LoginReport(answers)
        print(report)
        for (what, count) in report.others {
            FileHandle.standardError.write(Data("\(count) times: \(what)\n".utf8))
        }
    }

    private func ask(_ client: LoginClient, rate: Double) async -> [LoginAnswer] {
        let clock = ContinuousClock()
        let start = clock.now
        return await withTaskGroup(of: LoginAnswer.self) { group in
            for number in 0..<max(1, Int(rate * Double(seconds))) {
                let due = start + .seconds(1) / rate * number
                try? await clock.sleep(until: due, tolerance: .zero)
                group.addTask { await client.signIn(number, due: due) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func ask(_ client: LoginClient, atOnce: Int) async -> [LoginAnswer] {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        return await withTaskGroup(of: [LoginAnswer].self) { group in
            for caller in 0..<atOnce {
                group.addTask {
                    var answers: [LoginAnswer] = []
                    while clock.now < end {
                        answers.append(await client.signIn(caller + answers.count * atOnce, due: clock.now))
                    }
                    return answers
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }
}

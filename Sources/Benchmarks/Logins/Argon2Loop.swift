import ArgumentParser
import Auth
import CArgon2

/// Hashes as `PasswordHasher` makes them, one after the other by libargon2 alone: the yardstick for sign-ins.
struct Argon2Loop: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "argon2", abstract: "Prints Argon2id hashes per second of a loop around libargon2.")

    private struct Failed: Error {
        let code: Int32
    }

    @Option(help: "Seconds to measure.") var seconds = 5

    func run() throws {
        let parameters = PasswordHasher.Parameters.standard
        let password = Array("quartz lantern ferry".utf8)
        let salt = [UInt8](repeating: 1, count: PasswordHasher.saltLength)
        var tag = [UInt8](repeating: 0, count: PasswordHasher.tagLength)
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(seconds)
        var count = 0
        repeat {
            let code = argon2id_hash_raw(
                parameters.iterations, parameters.memoryKiB, parameters.parallelism, password, password.count, salt,
                salt.count, &tag, tag.count)
            guard argon2_error_codes(code) == ARGON2_OK else { throw Failed(code: code) }
            count += 1
        } while clock.now < end
        print(LoginReport.hundredths(Double(count) / (start.duration(to: clock.now) / .seconds(1))))
    }
}

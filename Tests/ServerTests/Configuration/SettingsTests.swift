import Foundation
import Testing

@testable import Server

struct SettingsTests {
    @Test func `options go before the environment, and that before the file`() {
        let all = Settings(
            options: ["PLINTH_PORT": "1"], environment: ["PLINTH_PORT": "2", "PLINTH_HOST": "b"],
            file: ["PLINTH_PORT": "3", "PLINTH_HOST": "c", "PLINTH_ENV": "production"])
        #expect(all.number(.port) == 1)
        #expect(all.text(.host) == "b")
        #expect(all.text(.environment) == "production")
        #expect(all.text(.baseURL) == nil)
        #expect(all.names == ["PLINTH_ENV", "PLINTH_HOST", "PLINTH_PORT"])
    }

    @Test func `an empty value counts as none`() {
        let settings = Settings(options: [:], environment: ["PLINTH_PORT": ""], file: ["PLINTH_PORT": "3"])
        #expect(settings.number(.port) == 3)
    }

    @Test func `commas outside lists are kept, and lists lose their white space`() {
        let settings = Settings(
            options: [:],
            environment: ["DATABASE_URL": "host=a,b dbname=c", "PLINTH_TRUSTED_PROXIES": " 10.0.0.0/8 ,, ::1 "],
            file: [:])
        #expect(settings.text(.databaseURL) == "host=a,b dbname=c")
        #expect(settings.list(.trustedProxies) == ["10.0.0.0/8", "::1"])
        #expect(settings.list(.corsOrigins) == [])
    }

    @Test func `values of a wrong form are named, secrets without their text`() {
        let settings = Settings(
            options: [:],
            environment: ["PLINTH_ENV": "staging", "PLINTH_PORT": "65536", "DATABASE_POOL_SIZE": "ten"], file: [:])
        #expect(
            settings.problems == [
                "PLINTH_ENV must be one of development, production, not “staging”.",
                "PLINTH_PORT must be a whole number in 0…65535, not “65536”.",
                "DATABASE_POOL_SIZE must be a whole number in 1…500, not “ten”.",
            ])
        #expect(settings.number(.port) == nil)
    }

    @Test func `what was misspelt is pointed out with the nearest setting`() {
        let names = ["PLINTH_PROT", "PLINTH_BASE_URI", "PLINTH_PORT", "PLINTH_HALLO_EVERYBODY_HERE", "PATH"]
        #expect(
            UnknownVariables.warnings(about: names) == [
                "PLINTH_BASE_URI is no setting of this server and is ignored: did you mean PLINTH_BASE_URL?",
                "PLINTH_HALLO_EVERYBODY_HERE is no setting of this server and is ignored.",
                "PLINTH_PROT is no setting of this server and is ignored: did you mean PLINTH_PORT?",
            ])
    }

    @Test(arguments: [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("PORT", "PROT", 2)])
    func `distance counts letters`(_ first: String, _ second: String, _ distance: Int) {
        #expect(UnknownVariables.distance(from: first, to: second) == distance)
        #expect(UnknownVariables.distance(from: second, to: first) == distance)
    }

    @Test(arguments: [
        ("PGHOST", true), ("PGSSLMODE", true), ("http_proxy", true), ("HTTPS_PROXY", true), ("no_proxy", true),
        ("LOG_LEVEL", true), ("PATH", false), ("PLINTH_LOG_LEVEL", false), ("DATABASE_URL", false),
    ])
    func `settings of libraries are told from ours`(_ name: String, _ isForeign: Bool) {
        #expect(ProcessEnvironment.isForeign(name) == isForeign)
    }

    @Test func `problems of all sources come together`() async throws {
        try await withTemporaryDirectory { directory in
            let file = "\(directory)/.env"
            try "PLINTH_PORT=x\noops\n".write(toFile: file, atomically: true, encoding: .utf8)
            let sources = SettingsSources(
                arguments: ["--nope"], environment: ["PLINTH_ENV": "production"], file: file)
            let error = #expect(throws: ConfigurationError.self) { _ = try sources.configuration() }
            let problems = error?.problems ?? []
            #expect(problems.count == 8)
            for part in [
                "--nope", ".env line 2", "PLINTH_PORT", "PLINTH_BASE_URL", "DATABASE_URL", "PLINTH_SECRET_KEY",
            ] {
                #expect(problems.contains { $0.contains(part) })
            }
        }
    }
}

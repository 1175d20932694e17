import ArgumentParser
import Auth
import Core
import Foundation

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Verify the audit log.", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold the audit log to the chains it was sealed into.",
            discussion: """
                Says what is wrong and where, one line each, and exits with 1 if anything is. It may run beside servers. \
                Heads that are noted elsewhere prove that nobody has written a chain anew since.
                """)

        @Option(help: "Only the chain of this team.", transform: AuditCommand.id)
        var team: Core.ID<Team>?

        @Option(help: "Only the chain of this person.", transform: AuditCommand.id)
        var user: Core.ID<User>?

        @Flag(
            help: "Show the head of every chain, to be noted elsewhere. Those of one team or person are always shown.")
        var heads = false

        @Option(
            help: ArgumentHelp(
                "Hold the chains to the heads of a run before, whose output this file has.", valueName: "file"))
        var noted: String?

        @OptionGroup var settings: SettingsArguments

        func run() async throws {
            let (configuration, logger) = try settings.load()
            guard team == nil || user == nil else {
                throw ValidationError("--team and --user are two chains: choose one.")
            }
            let chain = team.map(AuditChain.team) ?? user.map(AuditChain.user)
            let notedHeads = try noted.map(AuditCommand.heads) ?? []
            let showsHeads = heads || chain != nil
            let report = try await PreparedServer.withDatabase(configuration, logger: logger) { server in
                let verifier = server.auditVerifier
                var report = try await verifier.verify(chain) {
                    Console.say($0.line)
                } head: { head in
                    if showsHeads { Console.say(head.line) }
                }
                report.faults += try await verifier.compare(notedHeads) { Console.say($0.line) }
                return report
            }
            Console.say(report.summary)
            guard report.faults == 0 else { throw ExitCode.failure }
        }
    }

    private static func id<Entity>(_ text: String) throws -> Core.ID<Entity> {
        guard let id = Core.ID<Entity>(text) else { throw ValidationError("“\(text)” is no id.") }
        return id
    }

    /// The heads in the output of a run.
    private static func heads(in path: String) throws -> [AuditHead] {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw ValidationError("\(path) can't be read.")
        }
        let heads = try String(decoding: content, as: UTF8.self).split(whereSeparator: \.isNewline)
            .filter { $0.hasPrefix(AuditHead.mark) }
            .map { line in
                guard let head = AuditHead(line: line) else {
                    throw ValidationError("“\(line)” is no head of a chain.")
                }
                return head
            }
        guard !heads.isEmpty else { throw ValidationError("\(path) has no line that begins with “\(AuditHead.mark)”.") }
        return heads
    }
}

extension AuditHead {
    /// What a line begins with that shows one.
    fileprivate static let mark = "head "

    /// Such as `head team 0197… 42 9a4d…`.
    fileprivate var line: String {
        "\(Self.mark)\(chain) \(sequence) \(HexDigits.encode(hash))"
    }

    fileprivate init?(line: some StringProtocol) {
        let words = line.dropFirst(Self.mark.count).split(separator: " ")
        guard let kind = words.first.flatMap({ AuditChain.Kind(rawValue: String($0)) }),
            words.count == (kind == .system ? 3 : 4), let hash = words.last.flatMap({ HexDigits.decode($0) }),
            let sequence = words.dropLast().last.flatMap({ Int64($0) }),
            let id = kind == .system ? AuditChain.system.id : Core.ID<Never>(String(words[1]))
        else { return nil }
        self.init(chain: AuditChain(kind, id: id), sequence: sequence, hash: hash)
    }
}

extension AuditReport {
    fileprivate var summary: String {
        let verified =
            "\(events) sealed events in \(chains) chains verified, \(erasedParts) erasures in them; "
            + "\(waiting) events wait to be sealed."
        let verdict =
            faults == 0 ? "Nothing is wrong." : "\(faults == 1 ? "One thing is" : "\(faults) things are") wrong."
        return "\(verified)\n\(verdict)"
    }
}

extension AuditFault {
    /// One line for an operator: where, then what.
    fileprivate var line: String {
        let place = [
            chain.map(\.description), sequence.map { "place \($0)" }, eventID.map { "event \($0)" },
        ].compactMap { $0 }.joined(separator: ", ")
        return "\(place): \(sentence)"
    }

    private var sentence: String {
        switch kind {
        case .eventMissing: "the event is missing"
        case .eventAltered: "the event was altered"
        case .originAltered: "the address or browser it came from was altered"
        case .personalAltered: "a personal value was altered"
        case .linkBroken: "the link to the place before is broken"
        case .sealsMissing(let count): "places are missing before it: \(count)"
        case .tailCut(let count): "the tail is cut, places are missing after it: \(count)"
        case .headAltered: "the head of the chain is missing or altered"
        case .unsealed: "the event is in no chain"
        case .waitingEventMissing: "an event is missing that waited to be sealed"
        case .differsFromNoted: "the chain is not the one whose head was noted"
        }
    }
}

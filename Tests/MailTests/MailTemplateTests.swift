import Auth
import Core
import Foundation
import Testing

@testable import Mail

struct MailTemplateTests {
    /// What every template may show beside its own values.
    private static let common: Set = ["product", "base_url", "link", "language", "unsubscribe_url"]
    /// What each kind is sent with.
    private static let values: [MailKind: Set<String>] = [
        .verifyEmail: ["hours"], .alreadyRegistered: [], .refreshTokenReused: [], .newSignIn: ["time"],
        .resetPassword: ["minutes"], .magicLink: ["minutes"], .changeEmail: ["hours"], .emailChanged: ["days"],
        .passwordChanged: [], .secondFactorEnabled: [], .secondFactorDisabled: [], .recoveryCodeUsed: [],
        .recoveryCodesReplaced: [], .apiKeyCreated: [], .identityLinked: [], .identityUnlinked: [], .passkeyAdded: [],
        .passkeyRemoved: [], .deletionRequested: ["date"], .accountRestored: [], .exportReady: ["days"],
        .accountSuspended: [], .accountReactivated: [], .accountCreated: ["hours"], .superuserGranted: [],
        .superuserRevoked: [], .secondFactorReset: [], .sessionsEnded: [], .deletionScheduled: ["date"],
        .invitation: ["days", "inviter", "team"], .verifyDomain: ["hours", "adder", "domain", "team"],
        .removedFromTeam: ["team"], .teamRoleChanged: ["team"],
        .teamOwnershipReceived: ["team"], .teamOwnershipGiven: ["team"], .webhookPaused: ["team"],
    ]

    @Test func `every mail that is sent has a template, and every template a mail`() throws {
        #expect(Set(try MailTemplates().kinds) == Set(Self.values.keys))
    }

    @Test func `every template exists in both languages with the same variables, all of which are given`() throws {
        let templates = try MailTemplates()
        for (kind, given) in Self.values {
            let shown = Language.allCases.map { templates.variables(of: kind, in: $0) }
            #expect(Set(shown).count == 1, "\(kind)")
            for names in shown { #expect(names.subtracting(Self.common) == given, "\(kind)") }
            for language in Language.allCases {
                #expect(TemplateFile.bundled.contains { $0.path == "\(language.rawValue)/\(kind.rawValue)" })
            }
        }
    }

    @Test func `layouts show only what every mail has`() {
        for file in TemplateFile.bundled
        where ["html", "text", "subject"].contains(file.folder) && file.name != "mailbox" {
            #expect(file.variables.isSubset(of: Self.common), "\(file.path)")
        }
    }

    @Test func `every part that a template includes exists in HTML and in text`() {
        let paths = Set(TemplateFile.bundled.map(\.path))
        for file in TemplateFile.bundled where ["en", "fr"].contains(file.folder) {
            let names = file.parts
            #expect(!names.isEmpty)
            for name in names {
                for folder in ["html", "text"] { #expect(paths.contains("\(folder)/\(name)"), "\(file.path): \(name)") }
            }
        }
    }

    @Test func `words differ between the languages in every mail`() throws {
        let composer = try MailFixture.composer()
        for kind in composer.templates.kinds {
            let samples = try Language.allCases.map { try composer.sample(of: kind, in: $0) }
            #expect(Set(samples.map(\.subject)).count == samples.count)
            #expect(Set(samples.map(\.text)).count == samples.count)
        }
    }

    @Test func `a mail is readable without images, and loads nothing`() throws {
        let composer = try MailFixture.composer()
        for kind in composer.templates.kinds {
            for language in Language.allCases {
                let html = try composer.sample(of: kind, in: language).html.lowercased()
                for tag in ["<img", "<script", "<link", "url(", "src=", "@import"] { #expect(!html.contains(tag)) }
                #expect(html.contains("lang=\"\(language.rawValue)\""))
            }
        }
    }

    @Test(arguments: ["{{{name}}}", "{{&name}}", "{{& name}}", "{{ & name}}", "{{ &name }}"])
    func `a tag that would show a value as it is ends the start`(tag: String) {
        #expect(throws: MailTemplates.Problem.self) { try MailTemplates([TemplateFile("en/sample", "a \(tag)")]) }
    }

    @Test func `a template that can't be read is named`() {
        let error = #expect(throws: MailTemplates.Problem.self) {
            try MailTemplates([TemplateFile("en/sample", "{{#open}}")])
        }
        guard case .malformed("en/sample", _) = error else {
            Issue.record("not named: \(String(describing: error))")
            return
        }
    }

    @Test func `the templates in Swift are those in the files`() throws {
        let folder = MailFixture.repository.appending(path: "Sources/Mail/Templates")
        let files = try #require(FileManager.default.enumerator(atPath: folder.path))
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".mustache") }
        let texts = try files.map { path in
            TemplateFile(
                String(path.dropLast(".mustache".count)),
                try String(contentsOf: folder.appending(path: path), encoding: .utf8))
        }
        #expect(texts.sorted { $0.path < $1.path } == TemplateFile.bundled, "run `make assets`")
    }
}

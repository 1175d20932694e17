import Core
import Fakes
import Foundation
import Persistence
import PersistenceInMemory

@testable import Mail

enum MailFixture {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let time = Timestamp(seconds: 1_767_225_600)
    static let id = ID<Job>(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0001)
    static let token = "TOKEN-TOKEN-TOKEN-TOKEN-TOKEN-TOKEN-TOKEN12"

    static func composer(
        _ files: [TemplateFile] = TemplateFile.bundled, token: String? = token
    ) throws -> MailComposer {
        MailComposer(
            templates: try MailTemplates(files),
            from: Mailbox(name: "Plinth", address: try EmailAddress(parsing: "no-reply@example.com")),
            baseURL: "https://app.example.com/", productName: "Plinth"
        ) { _, _, hash in hash == [1, 2, 3] ? token : nil }
    }

    static func job(
        _ kind: MailKind = .verifyEmail, to: String = "ada@example.com", language: Language = .english,
        hash: [UInt8]? = [1, 2, 3], values: [String: String] = ["hours": "24"], id: ID<Job> = id
    ) throws -> Job {
        try Job(
            OutgoingMail(
                kind: kind, to: to, userID: nil, language: language, path: "/verify-email",
                token: hash.map { .init(purpose: .verifyEmail, hash: $0, expiresAt: time + .hours(24)) }, values: values
            ), id: id, at: time)
    }
}

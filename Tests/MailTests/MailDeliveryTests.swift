import Core
import Fakes
import Jobs
import Logging
import Persistence
import PersistenceInMemory
import Testing

@testable import Mail

struct MailDeliveryTests {
    private let database = InMemoryDatabase()
    private let mailer = RecordingMailer()
    private let time = ManualTime()

    private var suppressions: any MailSuppressionRepository { database.scoped(.system).mailSuppressions }

    private func delivery() throws -> MailDelivery {
        MailDelivery(
            composer: try MailFixture.composer(), mailer: mailer, database: database,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, time: time.source)
    }

    private func suppress(_ email: String = "ada@example.com") async throws {
        try await suppressions.record(
            MailSuppression(emailKey: email, reason: .complaint, detail: "", occurredAt: time.now))
    }

    private let notice = MailKind.refreshNotice

    @Test func `a mail goes out once it is its turn`() async throws {
        try await delivery().send(MailFixture.job())
        #expect(mailer.sent.map(\.to.text) == ["ada@example.com"])
    }

    @Test func `an address that is suppressed gets only what proves it`() async throws {
        try await suppress()
        try await delivery().send(MailFixture.job(notice, hash: nil))
        #expect(mailer.sent.isEmpty)
        try await delivery().send(MailFixture.job(.verifyEmail))
        #expect(mailer.sent.map(\.kind) == [.verifyEmail])
        try await delivery().send(MailFixture.job(notice, to: "bob@example.com", hash: nil))
        #expect(mailer.sent.count == 2)
        try await suppressions.lift(emailKey: "ada@example.com", at: time.now)
        try await delivery().send(MailFixture.job(notice, to: "Ada@Example.com", hash: nil))
        #expect(mailer.sent.count == 3)
    }

    @Test func `what may work later is tried later, when the provider says`() async throws {
        mailer.fail(
            with: .temporary(reason: "no answer"), .temporary(reason: "429", retryAfter: .seconds(7)),
            .temporary(reason: "429", retryAfter: .days(30)))
        await #expect(throws: MailFailure.temporary(reason: "no answer")) {
            try await delivery().send(MailFixture.job())
        }
        for wait in [Duration.seconds(7), .hours(24)] {
            await #expect(throws: JobFailure.retry(after: wait, reason: "429")) {
                try await delivery().send(MailFixture.job())
            }
        }
        try await delivery().send(MailFixture.job())
        #expect(mailer.sent.count == 1)
    }

    @Test func `a mail whose link has expired is of no use any more`() async throws {
        time.advance(by: .hours(24))
        try await delivery().send(MailFixture.job())
        #expect(mailer.sent.isEmpty)
    }

    @Test func `a refused mail is for an operator to look at`() async throws {
        mailer.fail(with: .refused(reason: "552"))
        await #expect(throws: JobFailure.permanent("the mail is refused: 552")) {
            try await delivery().send(MailFixture.job())
        }
        await #expect(throws: JobFailure.permanent("masterKeyGone")) {
            try await delivery().send(MailFixture.job(hash: [9]))
        }
        await #expect(throws: JobFailure.permanent("malformedRecipient")) {
            try await delivery().send(MailFixture.job(to: "nobody"))
        }
    }

    @Test func `an address that does not exist is not written to again`() async throws {
        mailer.fail(with: .noSuchRecipient(reason: "550 5.1.1"))
        try await delivery().send(MailFixture.job())
        let suppression = try await suppressions.find(emailKey: "ada@example.com")
        #expect(suppression?.reason == .bounce)
        #expect(suppression?.detail == "550 5.1.1")
        try await delivery().send(MailFixture.job(notice, hash: nil))
        #expect(mailer.sent.isEmpty)
    }

    @Test func `the outbox shows what waits or was sent, newest first`() async throws {
        let store = database.scoped(.system)
        for (number, email) in ["ada@example.com", "bob@example.com", "Ada@example.com"].enumerated() {
            let id = ID<Job>(high: 0x7000 + UInt64(number), low: 0x8000_0000_0000_0000)
            try await store.jobs.enqueue(MailFixture.job(to: email, id: id))
        }
        let outbox = MailOutbox(queue: database.jobQueue(), composer: try MailFixture.composer())
        #expect(try await outbox.newest(limit: 10).count == 3)
        #expect(try await outbox.newest(limit: 2).count == 2)
        let ada = try await outbox.newest(to: EmailAddress(parsing: "ada@example.com"), limit: 10)
        #expect(ada.map(\.message.to.text) == ["Ada@example.com", "ada@example.com"])
        let id = try #require(ada.first?.message.id)
        #expect(try await outbox.find(id)?.message.to.text == "Ada@example.com")
        #expect(try await store.jobs.cancel(id, at: time.now))
        #expect(try await outbox.newest(limit: 10).count == 2)
        #expect(try await outbox.page(limit: 10).contains("bob@example.com"))
    }
}

extension MailKind {
    /// One that proves nothing.
    fileprivate static let refreshNotice = MailKind("refresh_token_reused")
}

import Core
import Persistence
import Testing

extension Contracts {
    static let mailSuppressions: [Contract] = [
        Contract("an address is suppressed until it is proven anew") { context async throws in
            let suppressions = context.system.mailSuppressions
            let bounce = suppression(.bounce, at: context.now, detail: "550 5.1.1 zoë 🎉")
            #expect(try await suppressions.find(emailKey: bounce.emailKey) == nil)
            #expect(try await suppressions.lift(emailKey: bounce.emailKey, at: context.now) == false)
            #expect(try await suppressions.record(bounce))
            #expect(try await suppressions.find(emailKey: bounce.emailKey) == bounce)
            #expect(try await suppressions.find(emailKey: "bob@example.com") == nil)
            #expect(try await suppressions.lift(emailKey: bounce.emailKey, at: context.now + .seconds(1)))
            #expect(try await suppressions.find(emailKey: bounce.emailKey) == nil)
            #expect(try await suppressions.lift(emailKey: bounce.emailKey, at: context.now + .seconds(2)) == false)
        },
        Contract("reports that come twice and in any order change nothing") { context async throws in
            let suppressions = context.system.mailSuppressions
            let (first, second) = (
                suppression(.bounce, at: context.now), suppression(.complaint, at: context.now + .seconds(9))
            )
            #expect(try await suppressions.record(second))
            #expect(try await suppressions.record(first) == false)
            #expect(try await suppressions.record(second) == false)
            #expect(try await suppressions.find(emailKey: first.emailKey) == second)
        },
        Contract("a report from before the last proof changes nothing, a newer one does") { context async throws in
            let suppressions = context.system.mailSuppressions
            #expect(try await suppressions.record(suppression(.bounce, at: context.now)))
            #expect(try await suppressions.lift(emailKey: "ada@example.com", at: context.now + .seconds(10)))
            #expect(try await suppressions.record(suppression(.bounce, at: context.now + .seconds(10))) == false)
            #expect(try await suppressions.find(emailKey: "ada@example.com") == nil)
            let newer = suppression(.complaint, at: context.now + .seconds(11))
            #expect(try await suppressions.record(newer))
            #expect(try await suppressions.find(emailKey: "ada@example.com") == newer)
        },
        Contract("of reports that come at once the newest stays") { context async throws in
            let suppressions = context.system.mailSuppressions
            _ = await race(20) { index in
                try await suppressions.record(suppression(.bounce, at: context.now + .seconds(index)))
            }
            #expect(
                try await suppressions.find(emailKey: "ada@example.com")?.occurredAt == context.now + .seconds(19))
        },
    ]

    private static func suppression(
        _ reason: MailSuppression.Reason, at time: Timestamp, detail: String = ""
    ) -> MailSuppression {
        MailSuppression(emailKey: "ada@example.com", reason: reason, detail: detail, occurredAt: time)
    }
}

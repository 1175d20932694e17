import Core
import Testing

@testable import Auth

struct AuditAuthorTests {
    @Test func `whoever acts as somebody else is named in the rows of acts outside Auth`() async throws {
        let administered = try await Administered()
        let origin = RequestOrigin(ip: "192.0.2.1", requestID: "r")
        let author = try await administered.acting().author(from: origin)
        #expect(author.user == administered.person.id)
        #expect(author.impersonator == administered.administrator.user.id)
        let (team, time) = (ID<Team>(high: 1, low: 1), Timestamp(seconds: 1))
        let event = author.event(
            "webhook.created", of: team, on: "webhook", ID<WebhookEndpoint>(high: 1, low: 2), changes: ["a": "b"],
            id: ID(high: 1, low: 3), at: time)
        #expect(event.actorID == author.user && event.impersonatorID == author.impersonator)
        #expect(event.teamID == team && event.userID == nil && event.origin == origin && event.createdAt == time)
        #expect(event.action == "webhook.created" && event.targetType == "webhook" && event.changes == ["a": "b"])
        #expect(event.targetID == ID<WebhookEndpoint>(high: 1, low: 2).description)
    }

    @Test func `who acts as nobody else is alone in them`() async throws {
        let administered = try await Administered()
        let author = administered.administrator.author(from: .none)
        #expect(author == AuditAuthor(user: administered.administrator.user.id, impersonator: nil, origin: .none))
    }
}

struct SecretSealingTests {
    @Test func `what is sealed opens for its context alone`() throws {
        let keys = try MasterKeys(hexadecimal: [AccountsFixture.masterKey(1)])
        let sealed = try keys.secretSealing.seal([1, 2, 3], context: "webhook/1")
        #expect(try keys.secretSealing.open(sealed, context: "webhook/1") == [1, 2, 3])
        #expect(throws: MasterKeys.SealProblem.unauthentic) {
            _ = try keys.secretSealing.open(sealed, context: "webhook/2")
        }
    }
}

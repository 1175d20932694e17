import Core
import Testing

struct AccountTests {
    private let created = Timestamp(seconds: 1_767_225_600)

    private func session(revokedAt: Timestamp? = nil, idle: Duration = .days(7), absolute: Duration = .days(30))
        -> Session
    {
        Session(
            id: ID(high: 1, low: 1), userID: ID(high: 2, low: 2), deviceName: nil, userAgent: nil, ip: nil,
            createdAt: created,
            lastSeenAt: created, authenticatedAt: created, idleExpiresAt: created + idle, expiresAt: created + absolute,
            revokedAt: revokedAt)
    }

    @Test func `a session lives until the first of its ends`() {
        let microsecond = Duration.microseconds(1)
        #expect(session().isLive(at: created))
        #expect(session().isLive(at: created + .days(7) - microsecond))
        #expect(!session().isLive(at: created + .days(7)))
        #expect(session(idle: .days(60)).isLive(at: created + .days(30) - microsecond))
        #expect(!session(idle: .days(60)).isLive(at: created + .days(30)))
        #expect(!session(revokedAt: created).isLive(at: created))
        #expect(!session(revokedAt: created + .hours(1)).isLive(at: created))
    }

    @Test func `an account is active unless it is suspended or being deleted`() throws {
        var user = User(
            id: ID(high: 1, low: 1), email: try EmailAddress(parsing: "ada@example.org"),
            firstName: PersonName(stored: "Ada"), lastName: PersonName(stored: "Lovelace"), createdAt: created,
            updatedAt: created)
        #expect(user.isActive)
        #expect(user.version == 1)
        user.suspendedAt = created
        #expect(!user.isActive)
        user.suspendedAt = nil
        user.deletedAt = created
        #expect(!user.isActive)
    }

    @Test(arguments: [
        "UTC", "Europe/Paris", "America/New_York", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Asia/Calcutta",
        "Etc/UTC",
    ])
    func `a time zone has its name in the IANA database`(text: String) {
        #expect(TimeZoneName(text)?.text == text)
        #expect(TimeZoneName(text)?.description == text)
    }

    @Test(arguments: [
        "", "Paris", "Europe/Nowhere", "europe/paris", "+01:00", "GMT+1", "PST", "../../etc/passwd",
        "Europe/../Europe/Paris", "/Europe/Paris", "Europe/Paris\n",
    ])
    func `what is no name of a time zone is refused`(text: String) {
        #expect(TimeZoneName(text) == nil)
    }
}

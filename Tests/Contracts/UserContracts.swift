import Core
import Persistence
import Testing

extension Contracts {
    static let users: [Contract] = [
        Contract("an account is read as it was written") { context in
            let user = User(
                id: context.makeID(), email: try EmailAddress(parsing: "Ada.Lovelace+Notes@Example.ORG"),
                emailVerifiedAt: context.now, firstName: PersonName(stored: "Ada"),
                lastName: PersonName(stored: "Lovelace"), language: .french,
                timeZone: TimeZoneName(stored: "Europe/Paris"),
                avatarURL: "https://example.org/ada.png?size=1&x=%20", isSuperuser: true, hasSecondFactor: true,
                secondFactorResetAt: context.now - .microseconds(2),
                suspendedAt: context.now + .microseconds(1), deletedAt: context.now + .microseconds(2),
                purgeAt: context.now + .days(14), createdAt: context.now - .microseconds(1), updatedAt: context.now,
                version: 7)
            try await context.system.users.insert(user, passwordHash: "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA")
            let read = try #require(try await context.system.users.find(user.id))
            #expect(read == user)
            // Addresses are equal when their keys are.
            #expect(read.email.text == user.email.text)
            #expect(try await context.system.users.find(emailKey: user.email.key) == user)
            let forSignIn = try #require(try await context.system.users.findForSignIn(emailKey: user.email.key))
            #expect(forSignIn.user == user)
            #expect(forSignIn.passwordHash == "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA")
        },
        Contract("an account with nothing optional is read as it was written") { context in
            let user = try await context.addUser()
            #expect(try await context.system.users.find(user.id) == user)
            let forSignIn = try #require(try await context.system.users.findForSignIn(emailKey: user.email.key))
            #expect(forSignIn.passwordHash == nil)
        },
        Contract("an absent account is not found") { context in
            _ = try await context.addUser()
            #expect(try await context.system.users.find(context.makeID()) == nil)
            #expect(try await context.system.users.find(emailKey: "nobody@example.org") == nil)
            #expect(try await context.system.users.findForSignIn(emailKey: "nobody@example.org") == nil)
        },
        Contract("names keep their text, whatever the script") { context in
            for text in unusualTexts {
                let name = try #require(PersonName(text))
                let user = try User.sample(context, firstName: name.text, lastName: name.text)
                try await context.system.users.insert(user, passwordHash: nil)
                let read = try #require(try await context.system.users.find(user.id))
                #expect(Array(read.firstName.text.utf8) == Array(name.text.utf8))
                #expect(Array(read.lastName.text.utf8) == Array(name.text.utf8))
            }
        },
        Contract("times keep their microseconds, far from now too") { context in
            let times = [
                "0001-01-01T00:00:00.000001Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00.000000Z",
                "1999-12-31T23:59:59.999999Z", "2000-02-29T12:34:56.789012Z", "9999-12-31T23:59:59.999999Z",
            ]
            for text in times {
                let time = try #require(Timestamp(text))
                let user = try User.sample(context, emailVerifiedAt: time, createdAt: time)
                try await context.system.users.insert(user, passwordHash: nil)
                #expect(try await context.system.users.find(user.id) == user)
            }
        },
        Contract("an address in another spelling is the same address") { context in
            let spellings = [
                ("Ada@Example.org", "aDA@eXAMPLE.ORG"), ("zoe\u{301}@example.org", "ZO\u{C9}@example.org"),
                ("ada@bücher.example", "ada@XN--bcher-kva.example"),
            ]
            for (one, other) in spellings {
                try await context.system.users.insert(try .sample(context, email: one), passwordHash: nil)
                let second = try User.sample(context, email: other)
                await #expect(throws: DatabaseError.duplicate(.userEmail)) {
                    try await context.system.users.insert(second, passwordHash: nil)
                }
                #expect(try await context.system.users.find(second.id) == nil)
                #expect(try await context.system.users.find(emailKey: second.email.key)?.email.text != other)
            }
        },
        Contract("an id belongs to one account") { context in
            let user = try await context.addUser()
            let other = try User.sample(context)
            let twin = User(
                id: user.id, email: other.email, firstName: other.firstName, lastName: other.lastName,
                createdAt: context.now, updatedAt: context.now)
            await #expect(throws: DatabaseError.duplicate(.userID)) {
                try await context.system.users.insert(twin, passwordHash: nil)
            }
            #expect(try await context.system.users.find(user.id) == user)
        },
        Contract("of those who register an address at once, one gets it") { context in
            let outcomes = await race(20) { _ in
                try await context.system.users.insert(
                    try .sample(context, email: "wanted@example.org"), passwordHash: nil)
            }
            #expect(outcomes.count { (try? $0.get()) != nil } == 1)
            for case .failure(let error) in outcomes {
                #expect(error as? DatabaseError == .duplicate(.userEmail))
            }
        },
    ]

    /// All of them names; composed and decomposed, right to left, outside the basic plane, long, and hostile.
    static let unusualTexts = [
        "Zoe\u{308}", "Nguyễn Thị Minh Khai", "李小龍", "שָׁלוֹם", "محمد", "𐐷𐑌𐐲", "👩🏽‍👩🏽‍👧🏽‍👦🏽", "🇫🇷", "ﬁ", "ß", "İ", "Ǆ",
        "O'Brien-Łukasz", "Robert'); drop table users;--", "%_\\\"$1${2}{{x}}<b>&amp;", "null",
        String(repeating: "𝒳", count: 100), "a" + String(repeating: "\u{301}", count: 200),
    ]
}

/// How often something may be tried.
public struct ThrottlePolicy: Sendable, Equatable {
    /// Part of the stored key: counts of different policies never mix.
    public let name: String
    /// Tries that are let through within any ``window``.
    public let limit: Int
    public let window: Duration
    /// What must lie between two tries.
    public let interval: Duration
    /// What follows when the limit is reached: longer and longer waits with one try after each. Without, the window has
    /// to pass.
    public let waits: Waits?
    public let release: Release

    /// Waits that double until they reach the longest.
    public struct Waits: Sendable, Equatable {
        public let first: Duration
        public let longest: Duration
        /// After this time without a try all is forgotten.
        public let forgottenAfter: Duration

        public init(first: Duration, longest: Duration, forgottenAfter: Duration) {
            self.first = first
            self.longest = longest
            self.forgottenAfter = forgottenAfter
        }
    }

    /// What a success does to the count.
    public enum Release: Sendable, Equatable {
        /// Nothing is counted any more.
        case forgetsAll
        /// Only the try that succeeded is not counted.
        case returnsOne
    }

    /// - Parameter limit: At least 1, at most 255.
    public init(
        name: String, limit: Int, window: Duration, interval: Duration = .zero, waits: Waits? = nil,
        release: Release = .forgetsAll
    ) {
        self.name = name
        self.limit = min(max(limit, 1), FailureThrottle.mostTries)
        self.window = window
        self.interval = interval
        self.waits = waits
        self.release = release
    }
}

extension ThrottlePolicy {
    /// Passwords for one account (and known device): 10 in 15 minutes, then waits of 1 minute doubling to 15.
    public static let signInAccount = ThrottlePolicy(
        name: "sign-in-account", limit: 10, window: .seconds(15 * 60),
        waits: Waits(first: .seconds(60), longest: .seconds(15 * 60), forgottenAfter: .seconds(86_400)))

    /// Failed passwords from one ``AddressBlock``: 30 in 5 minutes. Successes are handed back one by one, so that
    /// someone with an account of their own cannot wipe out the count.
    public static let signInAddressBlock = ThrottlePolicy(
        name: "sign-in-address", limit: 30, window: .seconds(5 * 60), release: .returnsOne)

    /// Tries of one mailed code or one challenge, which lives less than a day: 5 altogether.
    public static let codeTries = ThrottlePolicy(name: "code", limit: 5, window: .seconds(86_400))

    /// Mails of one kind to one address: one a minute, 5 an hour.
    public static let mail = ThrottlePolicy(
        name: "mail", limit: 5, window: .seconds(3600), interval: .seconds(60), release: .returnsOne)

    /// Look-ups in the DNS for one team: 20 in 10 minutes.
    public static let domainRecords = ThrottlePolicy(name: "domain-records", limit: 20, window: .seconds(10 * 60))
}

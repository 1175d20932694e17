import Core

/// Something a provider publishes, kept for a while and fetched by one caller at a time; those who come meanwhile
/// wait for the same answer.
actor OpenIDDocument<Value: Sendable> {
    /// How often at most an unknown key or a failure makes it be fetched again.
    static var refetchInterval: Duration { .seconds(30) }

    /// One state of the document.
    struct Edition: Sendable {
        let value: Value
        let number: Int
        let fetchedAt: Timestamp
    }

    private let lifetime: Duration
    private let longestLifetime: Duration
    private let time: TimeSource
    private let fetch: @Sendable () async throws(OpenIDProblem) -> Value
    private var edition: Edition?
    private var fetching: Task<Result<Edition, OpenIDProblem>, Never>?
    private var lastFetch: Timestamp?
    /// What the last fetch came to, if not to an edition.
    private var failure: OpenIDProblem?

    /// - Parameters:
    ///   - lifetime: After it the document is fetched before use.
    ///   - longestLifetime: Until then it is used while the provider does not answer.
    init(
        lifetime: Duration, longestLifetime: Duration, time: TimeSource,
        fetch: @escaping @Sendable () async throws(OpenIDProblem) -> Value
    ) {
        self.lifetime = lifetime
        self.longestLifetime = longestLifetime
        self.time = time
        self.fetch = fetch
    }

    /// The document, fetched first when there is none or it is old. After a failure the next fetch waits 30 s; until
    /// then the failure is the answer.
    func current() async throws(OpenIDProblem) -> Edition {
        let now = time.now()
        if let edition, now - edition.fetchedAt < lifetime { return edition }
        do throws(OpenIDProblem) {
            return try await fetched(at: now)
        } catch {
            guard error.kind == .unavailable, let edition, now - edition.fetchedAt < longestLifetime else {
                throw error
            }
            return edition
        }
    }

    /// A later edition than `known`, in which something was missing; nil when the last fetch is not 30 s ago.
    func newer(than known: Edition) async throws(OpenIDProblem) -> Edition? {
        if let edition, edition.number > known.number { return edition }
        let now = time.now()
        if fetching == nil, failure == nil, wasJustFetched(at: now) { return nil }
        return try await fetched(at: now)
    }

    private func fetched(at now: Timestamp) async throws(OpenIDProblem) -> Edition {
        // A waiting caller that is cancelled does not take the answer from the others.
        if let fetching { return try await fetching.value.get() }
        if let failure, wasJustFetched(at: now) { throw failure }
        lastFetch = now
        let task = Task { await fetchOnce(at: now) }
        fetching = task
        return try await task.value.get()
    }

    private func fetchOnce(at now: Timestamp) async -> Result<Edition, OpenIDProblem> {
        defer { fetching = nil }
        do throws(OpenIDProblem) {
            let value = try await fetch()
            let next = Edition(value: value, number: (edition?.number ?? 0) + 1, fetchedAt: now)
            (edition, failure) = (next, nil)
            return .success(next)
        } catch {
            failure = error
            return .failure(error)
        }
    }

    private func wasJustFetched(at now: Timestamp) -> Bool {
        lastFetch.map { now - $0 < Self.refetchInterval } ?? false
    }
}

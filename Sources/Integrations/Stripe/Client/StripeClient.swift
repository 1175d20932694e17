import Core
import Foundation

/// Calls Stripe's API: typed, within time, and one effect for one idempotency key however often it has to be sent.
struct StripeClient: Sendable {
    /// What the requests and answers are written in.
    static let version = "2026-10-28.endive"
    /// A page of a hundred invoices is about 1 MiB.
    static let largestAnswer = 8 * 1024 * 1024  // bytes

    private let key: Secret
    private let transport: any StripeTransport
    private let retries: StripeRetries
    private let time: TimeSource
    private let randomness: Randomness
    private let pause: @Sendable (Duration) async throws -> Void

    /// - Parameters:
    ///   - key: The secret key, `sk_…` or a restricted one.
    ///   - pause: Waits between two tries; throws `CancellationError`.
    init(
        key: Secret, transport: any StripeTransport, retries: StripeRetries = .standard, time: TimeSource = .system,
        randomness: Randomness = .system,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.key = key
        self.transport = transport
        self.retries = retries
        self.time = time
        self.randomness = randomness
        self.pause = pause
    }

    /// - Throws: ``StripeError``; `CancellationError`.
    func send<Call: StripeReading>(_ call: Call) async throws -> Call.Answer {
        try await answer(to: request("GET", call, key: nil))
    }

    /// - Parameter key: Stored before, and the same for every try of the same thing.
    /// - Throws: ``StripeError``; `CancellationError`.
    func send<Call: StripeWriting>(_ call: Call, key: StripeIdempotencyKey) async throws -> Call.Answer {
        try await answer(to: request("POST", call, key: key))
    }

    /// - Throws: ``StripeError``; `CancellationError`. Where an answer was lost, the next try finds what it wanted to end gone:
    ///   404 with the code `resource_missing`.
    func send<Call: StripeEnding>(_ call: Call) async throws -> Call.Answer {
        try await answer(to: request("DELETE", call, key: nil))
    }

    private func request(
        _ method: String, _ call: some StripeCall, key idempotencyKey: StripeIdempotencyKey?
    ) -> HTTPExchange.Request {
        let form = call.form.encoded
        var fields: [HTTPExchange.Field] = [
            ("Authorization", "Bearer \(String(decoding: key.revealed(), as: UTF8.self))"),
            ("Stripe-Version", Self.version), ("Accept", "application/json"),
        ]
        guard let idempotencyKey else {
            return HTTPExchange.Request(
                method: method, path: call.path.text, query: form.isEmpty ? nil : form, fields: fields)
        }
        fields.append(("Idempotency-Key", idempotencyKey.text))
        fields.append(("Content-Type", "application/x-www-form-urlencoded"))
        return HTTPExchange.Request(method: method, path: call.path.text, fields: fields, body: Array(form.utf8))
    }

    private func answer<Answer: Decodable>(to request: HTTPExchange.Request) async throws -> Answer {
        let start = time.now()
        var tries = 0
        while true {
            tries += 1
            let (outcome, error): (StripeRetries.Outcome, StripeError)
            do {
                let response = try await transport.send(
                    request, within: min(retries.each, retries.whole - (time.now() - start)),
                    largestAnswer: Self.largestAnswer)
                if (200..<300).contains(response.status) { return try Self.read(response) }
                let problem = Self.problem(of: response)
                outcome = .refused(
                    status: response.status, code: problem.code, isAdvised: Self.advice(response),
                    after: response.field("Retry-After").flatMap { RetryAfter.duration($0, at: time.now()) })
                error = .refused(problem)
            } catch let failure as StripeNoAnswer {
                error = .unanswered(reason: failure.reason, tries: tries)
                if failure.isTooLarge { throw error }
                outcome = .noAnswer
            }
            guard
                let wait = retries.wait(
                    after: outcome, tries: tries, elapsed: time.now() - start, fraction: randomness.fraction())
            else { throw error }
            try await pause(wait)
        }
    }

    private static func read<Answer: Decodable>(_ response: HTTPExchange.Response) throws -> Answer {
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(response.body))
        } catch {
            throw StripeError.unreadable(
                field: StripeFields.place(of: error), requestID: response.field("Request-Id"))
        }
    }

    private static func problem(of response: HTTPExchange.Response) -> StripeProblem {
        StripeProblem(
            status: response.status, requestID: response.field("Request-Id"),
            body: try? JSONDecoder().decode(StripeProblem.Body.self, from: Data(response.body)))
    }

    private static func advice(_ response: HTTPExchange.Response) -> Bool? {
        response.field("Stripe-Should-Retry").flatMap { ["true": true, "false": false][$0] }
    }
}

import Core
import Fakes
import Foundation
import Synchronization

@testable import Integrations

/// Answers calls one after another as it was told, and keeps what was asked.
final class ScriptedStripe: Sendable {
    enum Step: Sendable {
        case answer(Int, [HTTPExchange.Field], String)
        /// No answer.
        case lost

        static func answer(_ status: Int, _ body: String = "{}") -> Step { .answer(status, [], body) }
    }

    struct Lost: Error {}

    private let state: Mutex<(steps: [Step], asked: [HTTPExchange.Request])>
    private let waited = Mutex<[Duration]>([])
    let time = ManualTime()

    /// - Parameter steps: The last of them again and again.
    init(_ steps: [Step]) {
        state = Mutex((steps, []))
    }

    var asked: [HTTPExchange.Request] { state.withLock { $0.asked } }
    /// Between the tries.
    var waits: [Duration] { waited.withLock { $0 } }

    var exchange: HTTPExchange {
        HTTPExchange { request in
            let step = self.state.withLock { state in
                state.asked.append(request)
                return state.steps.count > 1 ? state.steps.removeFirst() : state.steps.first
            }
            guard case .answer(let status, let fields, let body)? = step else { throw Lost() }
            return HTTPExchange.Response(status: status, fields: fields, body: Array(body.utf8))
        }
    }

    /// A client whose waits are over at once, by the clock of its own.
    func client(key: String = "sk_test_1", retries: StripeRetries = .standard, seed: UInt64 = 1) -> StripeClient {
        StripeClient(
            key: Secret(key), transport: InProcessStripe(exchange), retries: retries, time: time.source,
            randomness: .seeded(seed)
        ) { wait in
            self.waited.withLock { $0.append(wait) }
            self.time.advance(by: wait)
        }
    }
}

extension StripeIdempotencyKey {
    static func sample(_ text: String = "key-1") throws -> StripeIdempotencyKey {
        guard let key = StripeIdempotencyKey(text) else { throw ScriptedStripe.Lost() }
        return key
    }
}

extension StripeID: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        guard let id = StripeID(text) else { preconditionFailure("no id of Stripe's: \(text)") }
        self = id
    }
}

extension HTTPExchange.Request {
    /// What the query or the body says, decoded, sorted by name.
    var parameters: [[String]] {
        let text = query ?? String(decoding: body, as: UTF8.self)
        return text.split(separator: "&").map { pair in
            pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.removingPercentEncoding ?? "?" }
        }.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

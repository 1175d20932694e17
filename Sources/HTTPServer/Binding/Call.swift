import API
import Auth
import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Persistence

/// What a handler is given: the checked input, and who asks from where.
struct Call<Parameters: Sendable, Query: Sendable, Body: Sendable>: Sendable {
    let input: EndpointInput<Parameters, Query, Body>
    /// The body's bytes; empty where the endpoint takes none.
    let bytes: ByteBuffer
    let request: Request
    let context: PlinthRequestContext
    let rules: ResponseRules
    /// Nil for a request without `Idempotency-Key`.
    let idempotent: IdempotentRequest?

    var parameters: Parameters { input.parameters }
    var query: Query { input.query }
    var body: Body { input.body }

    /// What audit rows and sessions keep of the request.
    var origin: RequestOrigin {
        RequestOrigin(
            ip: context.clientAddress, userAgent: request.headers[.userAgent].map { String($0.prefix(512)) },
            requestID: context.requestID)
    }

    /// Whether something is still what the sender of `If-Match` takes it for, asked where it is changed.
    /// - Parameter answer: How it is shown.
    func expects<Value>(_ answer: @escaping @Sendable (Value) -> some Answer) -> @Sendable (Value) throws -> Bool {
        let tags = request.headers[values: .ifMatch]
        return { value in
            guard !tags.isEmpty, let body = try answer(value).encodedBody() else { return true }
            return EntityTag.matches(tags, EntityTag.of(body), isWeak: false)
        }
    }

    /// What the act's unit of work is to keep of the answer, where the caller may ask again.
    /// - Parameter reply: What is answered to an outcome.
    func receipt<Outcome: Sendable>(
        _ reply: @escaping @Sendable (Outcome) throws -> Reply<some Answer>
    ) -> Receipt<Outcome>? {
        idempotent?.receipt { [rules, request] outcome in
            let reply = try reply(outcome)
            return KeptAnswer(try rules.response(to: request, reply), body: try reply.answer.encodedBody())
        }
    }
}

/// What a handler returns: an answer and what goes with it.
struct Reply<Success: Answer>: Sendable {
    let answer: Success
    var headers = HTTPFields()
    /// What is sent in place of the answer's own body.
    var content: ResponseBody?

    init(_ answer: Success) {
        self.answer = answer
    }

    /// With a `Set-Cookie` field for each value.
    func setting(cookies: [String]) -> Reply {
        var reply = self
        for cookie in cookies { reply.headers.append(HTTPField(name: .setCookie, value: cookie)) }
        return reply
    }

    /// With a body that is sent piece by piece.
    func streaming(_ content: ResponseBody) -> Reply {
        var reply = self
        reply.content = content
        return reply
    }

    func with(_ name: HTTPField.Name, _ value: String) -> Reply {
        var reply = self
        reply.headers[name] = value
        return reply
    }
}

import API
import Auth
import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Persistence

/// A request with an `Idempotency-Key`: sent again, it gets the first answer instead of a second effect.
struct IdempotentRequest: Sendable {
    /// How long an answer is kept.
    private static let retention = Duration.hours(24)
    /// When to come back while the first is being worked on.
    private static let retryAfter = Duration.seconds(1)

    private let database: any Database
    private let seal: AnswerSeal
    private let key: IdempotencyKey
    private let requestHash: [UInt8]
    private let now: Timestamp

    /// Nil without the header.
    init?(
        _ request: Request, body: ByteBuffer, context: PlinthRequestContext, traits: EndpointTraits,
        services: Idempotency
    ) {
        guard traits.takesIdempotencyKey, let sent = request.headers[.idempotencyKey] else { return nil }
        database = services.database
        seal = AnswerSeal(masterKeys: services.masterKeys, idempotencyKey: sent)
        now = services.time.now()
        key = IdempotencyKey(
            principal: Self.principal(of: context, for: traits), method: traits.method.rawValue,
            path: Self.path(of: request),
            key: seal.keyHash)
        var hash = SHA256()
        hash.update(data: Array((request.head.path ?? "").utf8))
        body.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        // Where nobody is signed in, what a cookie carries is part of what is asked.
        if !traits.authentication.isRequired {
            for cookies in request.headers[values: .cookie] { hash.update(data: Array(cookies.utf8)) }
        }
        requestHash = Array(hash.finalize())
    }

    /// - Throws: ``RepeatedRequest`` when it was answered before: nothing of it need be done, not even a password hashed.
    func requireFirst() async throws {
        try await database.scoped(.system).idempotency.find(key, requestHash: requestHash, at: now)?.requireClaimed()
    }

    /// The receipt for the unit of work that has the request's effect.
    func receipt<Outcome: Sendable>(
        _ answer: @escaping @Sendable (Outcome) throws -> KeptAnswer
    ) -> Receipt<Outcome> {
        Receipt(
            key: key, requestHash: requestHash, claimedAt: now, expiresAt: now + Self.retention
        ) { [seal] outcome in
            let answer = try answer(outcome)
            return SealedAnswer(status: answer.status, sealedResponse: try seal.seal(answer))
        }
    }

    /// The answer to a request that is not the first of its key.
    func response(to repeated: RepeatedRequest) throws -> Response {
        switch repeated {
        case .answered(_, let sealed):
            guard let kept = seal.open(sealed) else { throw ProblemError(.idempotencyMismatch) }
            return kept.response
        case .mismatch: throw ProblemError(.idempotencyMismatch)
        case .inProgress: throw ProblemError(.idempotencyInProgress, retryAfter: Self.retryAfter)
        }
    }

    /// Keys of one never meet another's. Who shows no credential is told apart by address, of which a hash is kept.
    private static func principal(of context: PlinthRequestContext, for traits: EndpointTraits) -> String {
        if let principal = context.credential.principal { return principal }
        // One without a tag of ours has been looked up before anything is kept.
        if traits.authentication.isRequired, let key = context.credential.key { return key }
        let hash = SHA256.hash(data: Array((context.clientAddress ?? "").utf8))
        return "address:\(HexDigits.encode(hash.prefix(16)))"
    }

    /// Without the query string, of which the hash has part.
    private static func path(of request: Request) -> String {
        String((request.head.path ?? "").prefix { $0 != "?" }.prefix(1024))
    }
}

/// What idempotent requests stand on.
struct Idempotency: Sendable {
    let database: any Database
    let masterKeys: MasterKeys
    let time: TimeSource
}

import API
import HTTPTypes
import Hummingbird
import Logging

/// What operators and tools ask.
struct OperationsRoutes: Sendable {
    let checks: [ReadinessCheck]
    let shutdown: ShutdownState
    let description: [UInt8]
    let logger: Logger

    func bind(to binder: inout Binder) throws {
        try binder.open(OperationsEndpoints.live) { _ in Reply(OK(LivenessBody())) }
        try binder.open(OperationsEndpoints.ready, ready)
        try binder.open(OperationsEndpoints.openAPI) { [description] _ in
            Reply(EncodedJSON(description)).with(.cacheControl, "public, max-age=300")
        }
    }

    @Sendable private func ready(
        _ call: Call<Nothing, Nothing, Nothing>
    ) async throws -> Reply<Either<OK<ReadinessBody>, Unavailable<ReadinessBody>>> {
        var parts: [ReadinessBody.Part] = []
        if shutdown.isDraining {
            parts.append(.init(name: "server", status: .unavailable, detail: "shutting down"))
        }
        for check in checks {
            do {
                try await check.check()
                parts.append(.init(name: check.name, status: .ready, detail: check.detail))
            } catch {
                logger.warning("not ready", metadata: ["part": "\(check.name)", "error": "\(error)"])
                parts.append(.init(name: check.name, status: .unavailable, detail: check.detail))
            }
        }
        let isReady = parts.allSatisfy { $0.status == .ready }
        let body = ReadinessBody(status: isReady ? .ready : .unavailable, parts: parts)
        return isReady ? Reply(.first(OK(body))) : Reply(.second(Unavailable(body))).with(.retryAfter, "1")
    }
}

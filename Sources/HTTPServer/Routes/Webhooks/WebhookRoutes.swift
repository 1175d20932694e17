import API
import Core
import HTTPTypes
import Hummingbird
import Mail
import NIOCore

/// What other services report.
struct WebhookRoutes: Sendable {
    /// Nil where no provider reports of mails.
    let mail: MailReception?

    func bind(to binder: inout Binder) throws {
        try binder.open(WebhookEndpoints.sendGrid, sendGrid)
    }

    @Sendable private func sendGrid(_ call: Call<Nothing, Nothing, Nothing>) async throws -> Reply<NoContent> {
        guard let mail else { throw ProblemError(.notFound) }
        do {
            try await mail.receive(Array(call.bytes.readableBytesView)) { name in
                HTTPField.Name(name).flatMap { call.request.headers[$0] }
            }
        } catch MailReportProblem.badSignature {
            throw ProblemError(.invalidSignature)
        } catch MailReportProblem.malformed {
            throw ProblemError(.malformedRequest)
        }
        return Reply(NoContent())
    }
}

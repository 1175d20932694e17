import API
import Webhooks

extension ProblemError {
    init(webhook error: WebhookError) {
        switch error {
        case .notFound: self.init(.notFound)
        case .tooManyEndpoints: self.init(.limitReached)
        case .url: self.init(.validationFailed, errors: [ValidationError(pointer: "/url", .invalid(.webhookURL))])
        case .noEvents: self.init(.validationFailed, errors: [ValidationError(pointer: "/events", .tooFew(minimum: 1))])
        case .preconditionFailed: self.init(.preconditionFailed)
        case .versionConflict: self.init(.versionConflict)
        case .paused: self.init(.webhookPaused)
        }
    }
}

/// Why a call came to nothing. Each description can be logged.
enum StripeError: Error, Sendable, Equatable {
    /// Stripe said no, or the tries that its answer allows are used up.
    case refused(StripeProblem)
    /// No try was answered: whether the call had its effect is not known, and one with the same key will tell.
    case unanswered(reason: String, tries: Int)
    /// It was done, and the answer is not what was expected.
    /// - Parameter field: Where, such as `items.data.0.price`.
    case unreadable(field: String, requestID: String?)
    /// A list did not end within so many pages.
    case endless(pages: Int)
}

extension StripeError: CustomStringConvertible {
    var description: String {
        switch self {
        case .refused(let problem): problem.description
        case .unanswered(let reason, let tries): "Stripe: \(reason) (tries: \(tries))"
        case .unreadable(let field, let requestID):
            "Stripe's answer can't be read at \(field)" + (requestID.map { ", request \($0)" } ?? "")
        case .endless(let pages): "a list of Stripe's did not end within \(pages) pages"
        }
    }
}

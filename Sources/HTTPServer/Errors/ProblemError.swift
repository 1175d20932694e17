import API
import Core
import HTTPTypes

/// An answer that tells of a failure, thrown from anywhere on the request's way.
struct ProblemError: Error {
    let code: ProblemCode
    let errors: [ValidationError]
    let headers: HTTPFields
    /// What the plan allows, where it has no room left.
    let limit: Problem.PlanLimit?

    init(
        _ code: ProblemCode, errors: [ValidationError] = [], headers: HTTPFields = [:], limit: Problem.PlanLimit? = nil
    ) {
        self.code = code
        self.errors = errors
        self.limit = limit
        self.headers = headers
    }

    init(_ code: ProblemCode, retryAfter: Duration) {
        self.init(code, headers: [.retryAfter: String(max(1, retryAfter.secondsRoundedUp))])
    }
}

/// What Stripe says of a call that it refuses (docs.stripe.com/api/errors; stripe-python `_error_object.py`). Its
/// description can be logged; ``message`` may hold what was sent, and where Stripe's own pages lie is not kept at all.
struct StripeProblem: Error, Sendable, Equatable {
    enum Kind: String, Sendable {
        case api = "api_error"
        case card = "card_error"
        case idempotency = "idempotency_error"
        case invalidRequest = "invalid_request_error"
    }

    /// Of each text that is kept.
    private static let longestText = 500  // characters

    let status: Int
    /// Nil for an answer that is none of Stripe's, such as a proxy's.
    let kind: StripeOpen<Kind>?
    let code: String?
    /// Why the bank said no: `insufficient_funds`.
    let declineCode: String?
    /// Which parameter is at fault.
    let parameter: String?
    /// For developers, but for one of a card, which Stripe writes for its holder.
    let message: String?
    /// What Stripe's support asks for.
    let requestID: String?

    /// What may be shown to people: only of a card error, Stripe's own words for them.
    var messageForPeople: String? { kind == .known(.card) ? message : nil }

    init(status: Int, requestID: String?, body: Body?) {
        self.status = status
        kind = body?.type.map { StripeOpen(Self.cut($0)) }
        code = body?.code.map(Self.cut)
        declineCode = body?.declineCode.map(Self.cut)
        parameter = body?.parameter.map(Self.cut)
        message = body?.message.map(Self.cut)
        self.requestID = requestID.map(Self.cut)
    }

    private static func cut(_ text: String) -> String { String(text.prefix(longestText)) }

    /// The field `error` of the answer; what is of another form than expected counts as not there.
    struct Body: Decodable, Sendable {
        let type: String?
        let code: String?
        let declineCode: String?
        let parameter: String?
        let message: String?

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(try StripeFields(decoder).nested("error"))
            type = try? fields.ifPresent("type")
            code = try? fields.ifPresent("code")
            declineCode = try? fields.ifPresent("decline_code")
            parameter = try? fields.ifPresent("param")
            message = try? fields.ifPresent("message")
        }
    }
}

extension StripeProblem: CustomStringConvertible {
    var description: String {
        var parts = ["Stripe answered \(status)"]
        parts += [kind?.text, code, declineCode, parameter.map { "parameter \($0)" }].compactMap { $0 }
        if let requestID { parts.append("request \(requestID)") }
        return parts.joined(separator: ", ")
    }
}

/// A word of a list that Stripe may lengthen any day: what is not known yet is kept as it came.
enum StripeOpen<Known: RawRepresentable<String> & Sendable & Equatable>: Sendable, Equatable {
    case known(Known)
    case other(String)

    init(_ text: String) {
        self = Known(rawValue: text).map { .known($0) } ?? .other(text)
    }

    var known: Known? {
        if case .known(let known) = self { known } else { nil }
    }

    /// As Stripe writes it.
    var text: String {
        switch self {
        case .known(let known): known.rawValue
        case .other(let text): text
        }
    }

    static func == (open: StripeOpen, known: Known) -> Bool { open.known == known }
}

extension StripeOpen: Decodable {
    init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }
}

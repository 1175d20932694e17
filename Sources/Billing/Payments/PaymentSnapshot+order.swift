public import Core

extension PaymentSnapshot {
    /// Whether this is to be kept rather than another one of the same charge: a total order, as that of subscriptions.
    ///
    /// What was decided is newer than what was not, and more that went back than less, whatever the clocks of two servers
    /// say: neither is ever taken back. Then the later one is.
    public func isNewer(than other: PaymentSnapshot) -> Bool {
        guard isDecided == other.isDecided else { return isDecided }
        guard refunded.minorUnits == other.refunded.minorUnits else {
            return refunded.minorUnits > other.refunded.minorUnits
        }
        guard asOf == other.asOf else { return asOf > other.asOf }
        return other.content.lexicographicallyPrecedes(content)
    }

    private var isDecided: Bool { status == .succeeded }

    /// All that it says but the moment, in an order of ours.
    private var content: [String] {
        [
            status.rawValue, "\(amount)", "\(refunded)", "\(customer)", subscription.map { "\($0)" } ?? "",
            invoice.map { "\($0)" } ?? "", description ?? "", card.map { "\($0.brand) \($0.last4)" } ?? "",
            failureCode ?? "", "\(createdAt.microseconds)",
        ]
    }
}

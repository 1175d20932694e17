/// What the provider of payments calls something of ours; one kind of thing's can't be mistaken for another's.
public struct ProviderReference<Kind>: Sendable, Hashable, CustomStringConvertible {
    /// Characters, which are bytes.
    public static var lengths: ClosedRange<Int> { 1...255 }

    public let text: String

    /// Nil for what is no identifier: 1 to 255 visible ASCII characters.
    public init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.text = text
    }

    /// An identifier as an earlier check stored it.
    public init(stored: String) {
        text = stored
    }

    public var description: String { text }
}

/// What only the provider keeps, as kinds of references.
public enum ProviderKind {
    public enum Customer {}
    public enum Invoice {}
    public enum Refund {}
}

public typealias CustomerReference = ProviderReference<ProviderKind.Customer>
public typealias SubscriptionReference = ProviderReference<Subscription>
public typealias InvoiceReference = ProviderReference<ProviderKind.Invoice>
public typealias PaymentReference = ProviderReference<Payment>
public typealias RefundReference = ProviderReference<ProviderKind.Refund>

/// What plans, prices and features are named by: 1 to 63 lower-case ASCII letters, digits, `_` and `-`, a letter first.
enum CatalogueName {
    /// Characters, which are bytes.
    static let lengths = 1...63

    static func isValid(_ text: String) -> Bool {
        guard lengths.contains(text.utf8.count), let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy {
            isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "_")
                || $0 == UInt8(ascii: "-")
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}

/// A plan by its name in the catalogue: `pro`.
public struct PlanID: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// What a payer without a subscription has.
    public static let free = PlanID(stored: "free")

    /// Nil for what is no name: 1 to 63 of `a`-`z`, `0`-`9`, `_`, `-`, a letter first.
    public init?(_ text: String) {
        guard CatalogueName.isValid(text) else { return nil }
        self.text = text
    }

    /// A name as an earlier check stored it.
    public init(stored: String) {
        text = stored
    }

    public var description: String { text }
}

/// A price by its name in the catalogue, which is the lookup key at the provider: `pro_month_eur`.
public struct PriceID: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// Nil for what is no name: 1 to 63 of `a`-`z`, `0`-`9`, `_`, `-`, a letter first.
    public init?(_ text: String) {
        guard CatalogueName.isValid(text) else { return nil }
        self.text = text
    }

    /// A name as an earlier check stored it, or as the provider has it.
    public init(stored: String) {
        text = stored
    }

    public var description: String { text }
}

/// Something that a plan lets its payers use: `audit_export`.
public struct PlanFeature: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// Nil for what is no name: 1 to 63 of `a`-`z`, `0`-`9`, `_`, `-`, a letter first.
    public init?(_ text: String) {
        guard CatalogueName.isValid(text) else { return nil }
        self.text = text
    }

    /// A name as an earlier check stored it.
    public init(stored: String) {
        text = stored
    }

    public var description: String { text }
}

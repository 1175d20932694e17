extension Check {
    /// Types that hold fractions, or are made of such.
    private static let fractions = [
        "Double", "Float", "Float16", "Float32", "Float64", "Float80", "CGFloat", "Decimal", "NSDecimalNumber",
        "NSNumber",
        "TimeInterval", "FloatLiteralType", "FloatingPoint", "BinaryFloatingPoint",
    ]

    static let wholeMoney = Check(
        "money is never floating point",
        violations: fractions.map { .sample("let a: \($0)", at: "Sources/Billing/Sample.swift") } + [
            .sample("let a = 19.00", at: "Sources/Core/Billing/Sample.swift"),
            .sample("let a = 1_900.5 * b", at: "Sources/Integrations/Stripe/Sample.swift"),
            .sample("let a = 1e3", at: "Sources/HTTPServer/Routes/Billing/Sample.swift"),
            .sample("a.number(Double.self)", at: "Sources/API/Billing/Sample.swift"),
        ],
        allowed: [
            .sample("// 19.00 EUR, a Double\nlet a = \"19.00\"", at: "Sources/Billing/Sample.swift"),
            .sample("let a = pair.0.1, b = [1, 2], c = 1...9, d = 0x1e3", at: "Sources/Billing/Sample.swift"),
            .sample("let a: Double = 19.00", at: "Sources/Core/Jobs/Sample.swift"),
            .sample("let double = doubled(Doubles.all)", at: "Sources/Billing/Sample.swift"),
        ]
    ) { file in
        guard file.isSwift, file.isUnder("Sources/"), handlesMoney(file) else { return [] }
        let named = fractions.flatMap { file.occurrences(of: [$0]) }
        return (named + file.fractionLiterals).sorted()
            .map { Finding(file, line: file.tokens[$0].line, "reckon in whole minor units: Money") }
    }

    /// What lies there and reckons no money: how long to wait, and a part of a hundred that is passed on as it is.
    private static let others = ["/Stripe/Client/StripeRetries.swift", "/Stripe/Form/StripePercent.swift"]

    /// Rooms of billing in every layer, and the adapters of the provider of payments.
    private static func handlesMoney(_ file: SourceFile) -> Bool {
        ["/Billing/", "/Payments/", "/Stripe/"].contains { file.path.contains($0) }
            && !others.contains { file.path.hasSuffix($0) }
    }
}

extension SourceFile {
    /// Where a number with a point or an exponent begins: `19.00`, `1e3`. Not `0...9`, `pair.0.1` or `0x1e3`.
    fileprivate var fractionLiterals: [Int] {
        tokens.indices.filter { index in
            let text = tokens[index].text
            guard text.first?.isNumber == true, word(at: index - 1) != "." else { return false }
            if !text.hasPrefix("0x"), text.lowercased().contains("e") { return true }
            return word(at: index + 1) == "." && word(at: index + 2).first?.isNumber == true
        }
    }
}

import Core

extension Catalogue {
    /// The catalogue to try Plinth with: free, pro and business, in EUR and USD, by month and by year.
    public static let demo = Catalogue(checked: [demoFree, demoPro, demoBusiness], free: demoFree)

    private static let gibibyte: Int64 = 1 << 30  // bytes

    private static let demoFree = Plan(
        id: .free, name: "Free",
        limits: PlanLimits(seats: 3, storageBytes: gibibyte, aiTokens: 20_000, apiCalls: 10_000))

    private static let demoPro = Plan(
        id: PlanID(stored: "pro"), name: "Pro", features: [customRoles, webhooks],
        limits: PlanLimits(seats: 25, storageBytes: 100 * gibibyte, aiTokens: 1_000_000, apiCalls: 1_000_000),
        trialDays: 14, prices: prices(of: "pro", month: 1900, year: 19_000))

    private static let demoBusiness = Plan(
        id: PlanID(stored: "business"), name: "Business", features: [customRoles, webhooks, domains, auditExport],
        limits: PlanLimits(seats: 250, storageBytes: 1024 * gibibyte, aiTokens: 10_000_000, apiCalls: 10_000_000),
        prices: prices(of: "business", month: 4900, year: 49_000))

    private static let customRoles = PlanFeature(stored: "custom_roles")
    private static let webhooks = PlanFeature(stored: "webhooks")
    private static let domains = PlanFeature(stored: "domains")
    private static let auditExport = PlanFeature(stored: "audit_export")

    /// In cents, the same number of either currency.
    private static func prices(of plan: String, month: Int64, year: Int64) -> [PlanPrice] {
        [(BillingInterval.month, month), (.year, year)].flatMap { interval, cents in
            [Currency.eur, .usd].map { currency in
                PlanPrice(
                    id: PriceID(stored: "\(plan)_\(interval.rawValue)_\(currency.code.lowercased())"),
                    interval: interval, unitAmount: Money(cents, currency), isPerSeat: true)
            }
        }
    }
}

import Core

extension Catalogue {
    /// Reads a catalogue as a file has it:
    ///
    /// ```yaml
    /// plans:
    ///   - id: pro
    ///     name: Pro
    ///     features: [webhooks]
    ///     limits: {seats: 25, storage_bytes: 107374182400, ai_tokens: 1000000, api_calls: unlimited}
    ///     trial_days: 14
    ///     prices:
    ///       - {id: pro_month_eur, interval: month, currency: EUR, unit_amount: 1900, per_seat: true}
    /// ```
    ///
    /// `features`, `trial_days` and `prices` may be left out, of a price `per_seat` (false) and `sold` (true).
    /// - Throws: ``CatalogueError``, with all that is wrong at once.
    public init(reading tree: CatalogueTree) throws(CatalogueError) {
        var reader = CatalogueReader()
        guard let plans = reader.plans(in: tree) else { throw CatalogueError(problems: reader.problems) }
        try self.init(plans, problems: reader.problems)
    }
}

/// Makes plans of what a file has. What can't be read is told of and replaced by what breaks no rule, so that each mistake is
/// told once.
struct CatalogueReader {
    var problems: [CatalogueProblem] = []

    /// Nil where there is no list of plans at all.
    mutating func plans(in tree: CatalogueTree) -> [PlacedPlan]? {
        guard let file = fields(of: tree, at: "", known: ["plans"]), let list = file.list("plans", &problems) else {
            return nil
        }
        return list.compactMap { plan($0.value, at: $0.path) }
    }

    private mutating func plan(_ tree: CatalogueTree, at path: String) -> PlacedPlan? {
        let known = ["id", "name", "features", "limits", "trial_days", "prices"]
        guard let fields = fields(of: tree, at: path, known: known) else { return nil }
        let (id, name) = (fields.text("id", &problems), fields.text("name", &problems))
        let features = fields.listOrNone("features", &problems).compactMap { feature -> PlanFeature? in
            guard case .text(let text) = feature.value else {
                problems.append(CatalogueProblem(feature.path, "a feature is a name, not \(feature.value.kind)"))
                return nil
            }
            return PlanFeature(stored: text)
        }
        let limits = limits(in: fields)
        let days = fields.has("trial_days") ? fields.integer("trial_days", &problems) : 0
        let listed = fields.listOrNone("prices", &problems)
        let prices = listed.compactMap { item in price(item.value, at: item.path).map { (price: $0, path: item.path) } }
        guard let id else { return nil }
        let plan = Plan(
            id: PlanID(stored: id), name: name ?? id, features: features, limits: limits,
            trialDays: days.map(Int.init(clamping:)) ?? 0, prices: prices.map(\.price))
        return PlacedPlan(
            plan, at: path, pricePaths: prices.map(\.path),
            hasUnreadPrices: prices.count < listed.count || fields.isList("prices") == false)
    }

    private mutating func limits(in plan: CatalogueFields) -> PlanLimits {
        let unread = PlanLimits(seats: nil, storageBytes: nil, aiTokens: nil, apiCalls: nil)
        guard let tree = plan.required("limits", &problems),
            let fields = fields(of: tree, at: plan.path(of: "limits"), known: PlanLimit.allCases.map(\.rawValue))
        else { return unread }
        func read(_ limit: PlanLimit) -> Int64? {
            fields.isText("unlimited", at: limit.rawValue) ? nil : fields.integer(limit.rawValue, &problems)
        }
        return PlanLimits(
            seats: read(.seats), storageBytes: read(.storageBytes), aiTokens: read(.aiTokens), apiCalls: read(.apiCalls)
        )
    }

    private mutating func price(_ tree: CatalogueTree, at path: String) -> PlanPrice? {
        let known = ["id", "interval", "currency", "unit_amount", "per_seat", "sold"]
        guard let fields = fields(of: tree, at: path, known: known) else { return nil }
        let id = fields.text("id", &problems)
        let interval = fields.text("interval", &problems).flatMap { text -> BillingInterval? in
            let interval = BillingInterval(rawValue: text)
            if interval == nil {
                problems.append(
                    CatalogueProblem(fields.path(of: "interval"), "an interval is `month` or `year`, not `\(text)`"))
            }
            return interval
        }
        let currency = fields.text("currency", &problems).flatMap { text -> Currency? in
            let currency = Currency(text)
            if currency == nil {
                let advice = "`\(text)` is no currency of ISO 4217: use its three letters, such as EUR"
                problems.append(CatalogueProblem(fields.path(of: "currency"), advice))
            }
            return currency
        }
        let amount = fields.integer("unit_amount", &problems)
        let (perSeat, sold) = (
            fields.bool("per_seat", else: false, &problems), fields.bool("sold", else: true, &problems)
        )
        guard let id, let interval, let currency, let amount else { return nil }
        return PlanPrice(
            id: PriceID(stored: id), interval: interval, unitAmount: Money(amount, currency), isPerSeat: perSeat,
            isSold: sold)
    }

    private mutating func fields(of tree: CatalogueTree, at path: String, known: [String]) -> CatalogueFields? {
        guard case .map(let entries) = tree else {
            problems.append(
                CatalogueProblem(path, "write a map with \(known.joined(separator: ", ")), not \(tree.kind)"))
            return nil
        }
        let fields = CatalogueFields(entries, at: path)
        var seen: Set<String> = []
        for entry in entries {
            if !known.contains(entry.key) {
                let advice = "there is no such key: it is one of \(known.joined(separator: ", "))"
                problems.append(CatalogueProblem(fields.path(of: entry.key), advice))
            }
            if !seen.insert(entry.key).inserted {
                problems.append(CatalogueProblem(fields.path(of: entry.key), "the key is there twice: remove one"))
            }
        }
        return fields
    }
}

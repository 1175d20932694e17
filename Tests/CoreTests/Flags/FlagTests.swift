import Core
import Fakes
import Testing

/// For whom a flag is on.
struct FlagTests {
    private static let (ada, grace) = (ID<User>(high: 1, low: 1), ID<User>(high: 1, low: 2))
    private static let (engines, looms) = (ID<Team>(high: 2, low: 1), ID<Team>(high: 2, low: 2))
    private static let adaInEngines = FlagSubject(
        user: ada, team: engines, plan: "pro", emailDomain: "example.org")

    static func flag(_ rules: [FlagRule], isOnByDefault: Bool = false, key: String = "new-editor") -> FeatureFlag {
        let time = Timestamp(seconds: 1_767_225_600)
        return FeatureFlag(
            key: FlagKey(stored: key), isOnByDefault: isOnByDefault, rules: rules, createdAt: time, updatedAt: time)
    }

    @Test(arguments: [
        (FlagRule(.user, .isOneOf, [grace.description, ada.description]), true),
        (FlagRule(.user, .isOneOf, [grace.description]), false),
        (FlagRule(.user, .isNoneOf, [grace.description]), true),
        (FlagRule(.user, .isNoneOf, [ada.description]), false),
        (FlagRule(.user, .any), true),
        (FlagRule(.team, .isOneOf, [engines.description]), true),
        (FlagRule(.team, .isOneOf, [looms.description]), false),
        (FlagRule(.plan, .isOneOf, ["free", "pro"]), true),
        (FlagRule(.plan, .isOneOf, ["Pro"]), false),
        (FlagRule(.plan, .isNoneOf, ["free"]), true),
        (FlagRule(.emailDomain, .isOneOf, ["EXAMPLE.org"]), true),
        (FlagRule(.emailDomain, .isOneOf, ["example.com"]), false),
        (FlagRule(.user, .any, percentage: 0), false),
        (FlagRule(.user, .any, percentage: 100), true),
        (FlagRule(.user, .any, percentage: -5), false),
        (FlagRule(.user, .any, percentage: 400), true),
    ])
    func `a rule is for whom it says`(rule: FlagRule, isFor: Bool) {
        #expect(Self.flag([rule]).isOn(for: Self.adaInEngines) == isFor)
        let turned = FlagRule(
            rule.attribute, rule.comparison, rule.values, percentage: rule.percentage, value: false)
        #expect(Self.flag([turned], isOnByDefault: true).isOn(for: Self.adaInEngines) != isFor)
    }

    @Test(arguments: FlagAttribute.allCases, FlagOperator.allCases)
    func `about an attribute that somebody has not, a rule says nothing`(
        attribute: FlagAttribute, comparison: FlagOperator
    ) {
        let rule = FlagRule(attribute, comparison, ["example.org"])
        #expect(!Self.flag([rule]).isOn(for: FlagSubject()))
        #expect(Self.flag([rule], isOnByDefault: true).isOn(for: FlagSubject()))
    }

    @Test func `the first rule that fits decides, and where none does the default`() {
        let rules = [
            FlagRule(.team, .isOneOf, [Self.looms.description], value: true),
            FlagRule(.user, .isOneOf, [Self.ada.description], value: false),
            FlagRule(.plan, .isOneOf, ["pro"], value: true),
        ]
        let flag = Self.flag(rules)
        #expect(!flag.isOn(for: Self.adaInEngines))
        #expect(flag.isOn(for: FlagSubject(user: Self.ada, team: Self.looms, plan: "pro")))
        #expect(flag.isOn(for: FlagSubject(user: Self.grace, team: Self.engines, plan: "pro")))
        #expect(!flag.isOn(for: FlagSubject(user: Self.grace)))
        #expect(Self.flag(rules, isOnByDefault: true).isOn(for: FlagSubject(user: Self.grace)))
    }

    @Test func `a domain counts only once the address is proven`() throws {
        let time = Timestamp(seconds: 1_767_225_600)
        var user = User(
            id: Self.ada, email: try EmailAddress(parsing: "ada@B\u{FC}cher.example"),
            firstName: PersonName(stored: "Ada"), lastName: PersonName(stored: "L"), createdAt: time, updatedAt: time)
        let flag = Self.flag([FlagRule(.emailDomain, .isOneOf, ["b\u{FC}cher.example"])])
        #expect(!flag.isOn(for: FlagSubject(user)))
        user.emailVerifiedAt = time
        #expect(flag.isOn(for: FlagSubject(user)))
    }

    @Test func `values that no subject could have are left out`() {
        #expect(FlagRule(.user, .isOneOf, ["x", Self.ada.description]).values == [Self.ada.description])
        #expect(FlagRule(.plan, .isOneOf, ["", "a b", "pro"]).values == ["pro"])
        #expect(FlagRule(.team, .any, [Self.engines.description]).values.isEmpty)
    }

    @Test(arguments: [
        ("a", true), ("new-editor", true), ("a.b_c-9", true), ("9", true), (String(repeating: "a", count: 64), true),
        ("", false), ("A", false), ("-a", false), ("a-", false), ("a b", false), ("é", false), ("a/b", false),
        (String(repeating: "a", count: 65), false),
    ])
    func `a key is what a program would write`(text: String, isKey: Bool) {
        #expect((FlagKey(text) != nil) == isKey)
    }
}

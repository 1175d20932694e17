import Core
import Fakes
import Testing

/// Who is in a percentage.
struct FlagShareTests {
    private static let people: [ID<User>] = {
        let randomness = Randomness.seeded(4711)
        return (0..<4_000).map {
            .make(at: Timestamp(microseconds: 1_767_225_600_000_000 + $0), randomness: randomness)
        }
    }()

    private static func chosen(
        _ percentage: Int, key: String = "new-editor", attribute: FlagAttribute = .user
    ) -> Set<ID<User>> {
        let flag = FlagTests.flag([FlagRule(attribute, .any, percentage: percentage)], key: key)
        return Set(people.filter { flag.isOn(for: FlagSubject(user: $0, emailDomain: "example.org")) })
    }

    @Test func `who is chosen stays chosen, in every run and by whatever rule`() {
        // Taken down once: another hash would put people on the other side.
        let first = ID<User>(high: 0x0198_c5f0_6b5e_7c3a, low: 0x9d2e_5a1b_3c4d_5e6f)
        let from = (1...100).first { percentage in
            FlagTests.flag([FlagRule(.user, .any, percentage: percentage)]).isOn(for: FlagSubject(user: first))
        }
        #expect(from == 55)
        let chosen = Self.chosen(30)
        #expect(Self.chosen(30) == chosen)
        #expect(Self.chosen(30, attribute: .emailDomain) == chosen)
    }

    @Test func `a percentage that rises only adds people`() {
        let flags = (0...100).map { FlagTests.flag([FlagRule(.user, .any, percentage: $0)]) }
        for person in Self.people.prefix(300) {
            let answers = flags.map { $0.isOn(for: FlagSubject(user: person)) }
            // Off at first, on at last, and once on never off again.
            #expect(answers.first == false && answers.last == true)
            #expect(answers.drop { !$0 }.allSatisfy { $0 })
        }
    }

    @Test(arguments: [1, 5, 10, 33, 50, 66, 90, 99])
    func `a percentage takes about as many as it says`(percentage: Int) {
        let (count, share) = (Double(Self.people.count), Double(percentage) / 100)
        // Within four standard deviations of what chance alone would give.
        let allowed = 4 * (count * share * (1 - share)).squareRoot()
        #expect(abs(Double(Self.chosen(percentage).count) - count * share) <= allowed)
    }

    @Test func `every hundredth takes about the same`() {
        // Chi-square of 99 degrees of freedom: above 148 once in a thousand times by chance.
        let flags = (0...100).map { FlagTests.flag([FlagRule(.user, .any, percentage: $0)]) }
        var sizes = Array(repeating: 0, count: 100)
        for person in Self.people {
            // The least percentage that the person is in, between one that is too low and one that is not.
            var (low, high) = (0, 100)
            while high - low > 1 {
                let middle = (low + high) / 2
                if flags[middle].isOn(for: FlagSubject(user: person)) { high = middle } else { low = middle }
            }
            sizes[low] += 1
        }
        let expected = Double(Self.people.count) / 100
        let deviation = sizes.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        #expect(deviation < 148)
    }

    @Test func `other flags choose other people`() {
        // Of two flags at a half that know nothing of each other, a quarter is in both.
        let both = Self.chosen(50).intersection(Self.chosen(50, key: "new-editos"))
        #expect(abs(both.count - Self.people.count / 4) < 110)
    }

    @Test(arguments: [FlagAttribute.team, .plan])
    func `of teams and plans a percentage counts teams`(attribute: FlagAttribute) {
        let flag = FlagTests.flag([FlagRule(attribute, .any, percentage: 50)])
        var on = 0
        for team in Self.people.prefix(200).map({ $0.cast(to: Team.self) }) {
            let answers = Set(
                Self.people.prefix(20).map { flag.isOn(for: FlagSubject(user: $0, team: team, plan: "pro")) })
            #expect(answers.count == 1)
            if answers.contains(true) { on += 1 }
        }
        #expect((60...140).contains(on))
    }
}

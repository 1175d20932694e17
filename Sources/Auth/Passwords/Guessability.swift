import Foundation

/// How easily a password is guessed by someone who knows what people choose. Takes passwords in lower case.
enum Guessability {
    /// Neighbours on a keyboard from this many on are one thing to guess, not several.
    static let shortestRun = 3

    /// Whether it is a common password, or one with something around it that adds little.
    static func isCommon(_ password: String) -> Bool {
        if effort(of: password) < PasswordPolicy.leastEffort { return true }
        let start = withoutEnd(password)
        let plain = [password, start, String(start.drop { !$0.isLetter })]
        let candidates = Set(Set(plain).flatMap { [$0, swapped($0)] })
        if candidates.contains(where: CommonPasswords.contains) { return true }
        return candidates.contains { text in
            guard let unit = repeatedUnit(of: text) else { return false }
            return unit.unicodeScalars.count < PasswordPolicy.minimumWithSecondFactor || CommonPasswords.contains(unit)
        }
    }

    /// How many characters have to be guessed, where a run along the alphabet, the digits, a row of a keyboard or one
    /// repeated character counts as one, and so does a year of the last or this century.
    static func effort(of text: String) -> Int {
        let scalars = Array(text.unicodeScalars)
        let steps = zip(scalars, scalars.dropFirst()).map(step)
        var effort = 0
        var start = 0
        while start < scalars.count {
            let length = max(runLength(of: steps[start...]), yearLength(in: scalars[start...]))
            effort += 1
            start += length >= shortestRun ? length : 1
        }
        return effort
    }

    /// The shortest text that, said again in full or from its beginning to the middle at least, makes up all of `text`.
    static func repeatedUnit(of text: String) -> String? {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count >= 2 else { return nil }
        for length in 1...max(1, scalars.count * 2 / 3)
        where scalars.indices.dropFirst(length).allSatisfy({ scalars[$0] == scalars[$0 - length] }) {
            var unit = String.UnicodeScalarView()
            unit.append(contentsOf: scalars[..<length])
            return String(unit)
        }
        return nil
    }

    private static func withoutEnd(_ text: String) -> String {
        var rest = text
        while let last = rest.last, !last.isLetter { rest.removeLast() }
        return rest
    }

    /// With the letters that digits and signs are written for: `p@ssw0rd` is `password`.
    private static func swapped(_ text: String) -> String {
        var letters = String.UnicodeScalarView()
        letters.append(contentsOf: text.unicodeScalars.map { swaps[$0] ?? $0 })
        return String(letters)
    }

    private static let swaps: [Unicode.Scalar: Unicode.Scalar] = [
        "@": "a", "4": "a", "0": "o", "1": "i", "!": "i", "3": "e", "5": "s", "$": "s", "7": "t", "8": "b",
    ]

    /// Characters that go on as the first two do.
    private static func runLength(of steps: ArraySlice<Step>) -> Int {
        guard let first = steps.first else { return 1 }
        let alphabet = first.alphabet == nil ? 0 : steps.prefix { $0.alphabet == first.alphabet }.count
        let keyboard = first.keyboard == nil ? 0 : steps.prefix { $0.keyboard == first.keyboard }.count
        return 1 + max(alphabet, keyboard)
    }

    private static func yearLength(in scalars: ArraySlice<Unicode.Scalar>) -> Int {
        let digits = scalars.prefix(4).filter { ("0"..."9").contains($0) }.map { Int($0.value) - 48 }
        return digits.count == 4 && [19, 20].contains(digits[0] * 10 + digits[1]) ? 4 : 0
    }

    /// How `second` is the neighbour of `first`, if it is.
    private static func step(from first: Unicode.Scalar, to second: Unicode.Scalar) -> Step {
        let difference = Int64(second.value) - Int64(first.value)
        return Step(
            alphabet: (-1...1).contains(difference) ? difference : nil,
            keyboard: neighbours[Pair(first: first, second: second)])
    }

    /// The directions between two characters, where they are neighbours.
    private struct Step {
        let alphabet: Int64?
        let keyboard: Int?
    }

    private struct Pair: Hashable {
        let first: Unicode.Scalar
        let second: Unicode.Scalar
    }

    /// Rows of the American, French and German keyboards, and the columns that people walk down.
    private static let rows = [
        "1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertzuiop",
        "yxcvbnm", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm",
    ]

    private static let neighbours: [Pair: Int] = {
        var neighbours: [Pair: Int] = [:]
        for row in rows.map({ Array($0.unicodeScalars) }) {
            for (first, second) in zip(row, row.dropFirst()) {
                neighbours[Pair(first: first, second: second)] = 1
                neighbours[Pair(first: second, second: first)] = -1
            }
        }
        return neighbours
    }()
}

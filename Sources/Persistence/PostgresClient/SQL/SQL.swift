/// One statement: its text with `$1…` and the values bound to them.
///
/// Built by string interpolation only. Every `\(value)` becomes a bind, so no value can change what the statement means:
///
/// ```swift
/// let statement: SQL = "select id, name from teams where id = \(team) and created_at > \(since)"
/// ```
///
/// `\(sql: part)` splices another statement with its binds; `\(unescaped: text)` splices trusted text, such as a column
/// list, as it is.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The text as PostgreSQL gets it.
    public let text: String
    let binds: Binds

    /// A literal without values; what `"select 1"` becomes.
    public init(stringLiteral value: String) {
        text = value
        binds = Binds()
    }

    /// What a literal with values becomes.
    public init(stringInterpolation interpolation: Interpolation) {
        text = interpolation.text
        binds = interpolation.binds
    }

    /// Trusted text without binds.
    public init(unescaped text: String) {
        self.init(stringLiteral: text)
    }

    var key: StatementKey { StatementKey(text: text, types: binds.types) }

    /// Collects the text and the binds of a literal. Used directly only for statements put together in a loop.
    public struct Interpolation: StringInterpolationProtocol {
        var text: String
        var binds: Binds

        /// An empty statement with room for so many bytes and values.
        public init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + 4 * interpolationCount)
            binds = Binds(reserving: interpolationCount)
        }

        /// Appends text as it stands in the source.
        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some PostgresEncodable) {
            binds.append(value)
            text += "$\(binds.count)"
        }

        /// Binds a value, or NULL of its type.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            if let value { binds.append(value) } else { binds.appendNull(of: Value.postgresType) }
            text += "$\(binds.count)"
        }

        /// Splices a statement with its binds, which are counted on. The part may hold no `$` but its binds'.
        public mutating func appendInterpolation(sql part: SQL) {
            text += binds.isEmpty ? part.text : Self.renumber(part.text, by: binds.count)
            binds.append(contentsOf: part.binds)
        }

        /// Splices trusted text as it is: never anything from outside the program.
        public mutating func appendInterpolation(unescaped text: String) {
            self.text += text
        }

        /// Moves `$n` up. A `$` in a literal or a dollar quote of a spliced part would be taken for a bind, so such text
        /// belongs into a bind.
        private static func renumber(_ text: String, by offset: Int) -> String {
            var result = ""
            var rest = text[...]
            while let dollar = rest.firstIndex(of: "$") {
                result += rest[...dollar]
                rest = rest[rest.index(after: dollar)...]
                let digits = rest.prefix { $0.isASCII && $0.isNumber }
                if let number = Int(digits) { result += String(number + offset) }
                rest = rest[digits.endIndex...]
            }
            return result + rest
        }
    }
}

/// What makes two statements one prepared statement: the text and the types of its binds.
struct StatementKey: Hashable {
    let text: String
    let types: [UInt32]
}

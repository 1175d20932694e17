import Foundation

/// A hash in the PHC string format, `$argon2id$v=19$m=47104,t=2,p=1$salt$tag`, of which only this one spelling is read:
/// https://github.com/P-H-C/phc-string-format
struct PHCString: Sendable, Equatable {
    static let saltLengths = 8...64
    static let tagLengths = 16...64
    static let longestInBytes = 256

    let parameters: PasswordHasher.Parameters
    let salt: [UInt8]
    let tag: [UInt8]

    init(parameters: PasswordHasher.Parameters, salt: [UInt8], tag: [UInt8]) {
        self.parameters = parameters
        self.salt = salt
        self.tag = tag
    }

    /// Nil for another algorithm or version, another order of fields, and values that no hash of ours can have.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longestInBytes else { return nil }
        let fields = text.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0].isEmpty, fields[1] == "argon2id", fields[2] == "v=19",
            let parameters = Self.parameters(fields[3]), parameters.areBearable,
            let salt = Self.decode(fields[4]), Self.saltLengths.contains(salt.count),
            let tag = Self.decode(fields[5]), Self.tagLengths.contains(tag.count)
        else { return nil }
        self.init(parameters: parameters, salt: salt, tag: tag)
    }

    var text: String {
        let costs = "m=\(parameters.memoryKiB),t=\(parameters.iterations),p=\(parameters.parallelism)"
        return "$argon2id$v=19$\(costs)$\(Self.encode(salt))$\(Self.encode(tag))"
    }

    private static func parameters(_ field: Substring) -> PasswordHasher.Parameters? {
        let values = field.split(separator: ",", omittingEmptySubsequences: false)
        guard values.count == 3, let memory = number(values[0], named: "m="),
            let iterations = number(values[1], named: "t="), let parallelism = number(values[2], named: "p=")
        else { return nil }
        return PasswordHasher.Parameters(stored: memory, iterations, parallelism)
    }

    private static func number(_ field: Substring, named name: String) -> UInt32? {
        guard field.hasPrefix(name), let value = UInt32(field.dropFirst(name.count)), field == "\(name)\(value)"
        else { return nil }
        return value
    }

    private static func encode(_ bytes: [UInt8]) -> Substring {
        let padded = Data(bytes).base64EncodedString()
        return padded.prefix { $0 != "=" }
    }

    private static func decode(_ field: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - field.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: field + padding), encode(Array(data)) == field else { return nil }
        return Array(data)
    }
}

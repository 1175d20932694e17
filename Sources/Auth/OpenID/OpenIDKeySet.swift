/// The keys that a provider signs with (JWK Set, RFC 7517 section 5).
struct OpenIDKeySet: Sendable {
    /// A provider publishes a handful: those of now, of before and of next.
    static let mostKeys = 64

    /// Those that can be used; what is of another kind or too weak is passed over.
    let keys: [OpenIDKey]

    /// A name that two different keys have names neither: both are left out.
    init(_ document: [String: StrictJSON]) throws(OpenIDProblem) {
        guard case .array(let elements) = document["keys"], elements.count <= Self.mostKeys else {
            throw .keySetMalformed
        }
        let usable = elements.compactMap { element in
            if case .object(let members) = element { OpenIDKey(members) } else { nil }
        }
        var keys: [OpenIDKey] = []
        for key in usable {
            let namesakes = usable.filter { Self.haveOneName($0, key) }
            guard namesakes.allSatisfy({ $0.numbers == key.numbers }),
                !keys.contains(where: { Self.haveOneName($0, key) })
            else { continue }
            keys.append(key)
        }
        self.keys = keys
    }

    /// The key a token names. A token without a name (`kid` is optional while a set has one key, OpenID Connect Core
    /// section 10.1) gets the one key for its algorithm, if there is exactly one.
    func key(named id: String?, for algorithm: OpenIDAlgorithm) throws(OpenIDProblem) -> OpenIDKey {
        let candidates = keys.filter { key in
            if let id { key.id?.isExactly(id) == true } else { key.algorithm == algorithm }
        }
        guard candidates.count == 1, let key = candidates.first else { throw .unknownKey }
        guard key.algorithm == algorithm else { throw .wrongAlgorithm }
        return key
    }

    private static func haveOneName(_ one: OpenIDKey, _ other: OpenIDKey) -> Bool {
        guard let id = one.id, let otherID = other.id else { return false }
        return id.isExactly(otherID)
    }
}

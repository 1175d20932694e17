/// What this version has a stand-in for only.
enum Parts {
    static let mail = "the outbox table; no mail leaves yet"
}

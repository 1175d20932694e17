/// What one source of settings holds: the values that could be read, and what is wrong with the rest.
struct SettingsReading: Equatable {
    /// By the names of the environment.
    var values: [String: String] = [:]
    /// A sentence each.
    var problems: [String] = []
}

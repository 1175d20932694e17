public import Core

/// What a person changes about themselves; nil leaves a field as it is.
public struct ProfileChanges: Sendable, Equatable {
    public var firstName: PersonName?
    public var lastName: PersonName?
    public var language: Language?
    public var timeZone: TimeZoneName?

    public init(
        firstName: PersonName? = nil, lastName: PersonName? = nil, language: Language? = nil,
        timeZone: TimeZoneName? = nil
    ) {
        self.firstName = firstName
        self.lastName = lastName
        self.language = language
        self.timeZone = timeZone
    }

    /// Writes what differs into `user`.
    /// - Returns: The new values by name; empty when nothing differs.
    func apply(to user: inout User) -> [String: String] {
        var changed: [String: String] = [:]
        if let firstName, firstName != user.firstName {
            user.firstName = firstName
            changed["first_name"] = firstName.text
        }
        if let lastName, lastName != user.lastName {
            user.lastName = lastName
            changed["last_name"] = lastName.text
        }
        if let language, language != user.language {
            user.language = language
            changed["locale"] = language.rawValue
        }
        if let timeZone, timeZone != user.timeZone {
            user.timeZone = timeZone
            changed["time_zone"] = timeZone.text
        }
        return changed
    }
}

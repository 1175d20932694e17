public import Core

/// What a person changes about the own account. What is absent or null stays as it is.
public struct UpdateUserRequest: Codable, Sendable, Equatable {
    public let firstName: PersonName?
    public let lastName: PersonName?
    public let locale: Language?
    public let timeZone: TimeZoneName?

    public init(
        firstName: PersonName? = nil, lastName: PersonName? = nil, locale: Language? = nil,
        timeZone: TimeZoneName? = nil
    ) {
        self.firstName = firstName
        self.lastName = lastName
        self.locale = locale
        self.timeZone = timeZone
    }

    private enum CodingKeys: String, CodingKey {
        case firstName = "first_name"
        case lastName = "last_name"
        case locale
        case timeZone = "time_zone"
    }
}

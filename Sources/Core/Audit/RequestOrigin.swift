/// Where a request came from, as audit rows and sessions keep it.
public struct RequestOrigin: Sendable, Equatable {
    /// The client's address in text form.
    public let ip: String?
    public let userAgent: String?
    public let requestID: String?

    public init(ip: String? = nil, userAgent: String? = nil, requestID: String? = nil) {
        self.ip = ip
        self.userAgent = userAgent
        self.requestID = requestID
    }

    /// Work that no request asked for: commands and schedules.
    public static let none = RequestOrigin()
}

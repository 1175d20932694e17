/// That the process answers.
public struct LivenessBody: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case alive
    }

    public let status: Status

    public init() {
        status = .alive
    }
}

/// Whether the instance should get requests, and what it stands on.
public struct ReadinessBody: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case ready
        case unavailable
    }

    /// Something the instance needs.
    public struct Part: Codable, Sendable, Equatable {
        /// Such as `database` or `mail`.
        public let name: String
        public let status: Status
        /// What is in use (`postgresql`, `outbox`), or why it is unavailable; never an address or a secret.
        public let detail: String

        public init(name: String, status: Status, detail: String) {
            self.name = name
            self.status = status
            self.detail = detail
        }
    }

    public let status: Status
    public let parts: [Part]

    public init(status: Status, parts: [Part]) {
        self.status = status
        self.parts = parts
    }
}
